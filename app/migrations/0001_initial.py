"""The first schema. State words and money rules are constraints, so that no code path can break them."""

SCHEMA = """
CREATE TABLE setting (key text PRIMARY KEY, value jsonb NOT NULL);

CREATE TABLE "user" (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    username text,
    email text,
    whatsapp text,
    bank_id text NOT NULL UNIQUE,
    balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
    is_admin boolean NOT NULL DEFAULT false,
    is_reseller boolean NOT NULL DEFAULT false,
    session jsonb NOT NULL DEFAULT '{}',
    joined_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    banned_at timestamptz,
    unreachable_at timestamptz
);
CREATE INDEX user_username ON "user" (lower(username)) WHERE username IS NOT NULL;
CREATE INDEX user_admin ON "user" (id) WHERE is_admin;
CREATE SEQUENCE user_number;

CREATE TABLE handled_update (id bigint PRIMARY KEY, reply jsonb, handled_at timestamptz NOT NULL);
CREATE INDEX handled_update_age ON handled_update (handled_at);

CREATE TABLE product (
    id integer PRIMARY KEY CHECK (id > 0),
    name text NOT NULL,
    category text,
    description text NOT NULL DEFAULT '',
    price bigint NOT NULL CHECK (price > 0),
    available integer NOT NULL DEFAULT 0 CHECK (available >= 0),
    sold integer NOT NULL DEFAULT 0 CHECK (sold >= 0),
    created_at timestamptz NOT NULL,
    retired_at timestamptz
);
CREATE INDEX product_category ON product (category, id) WHERE retired_at IS NULL;
CREATE INDEX product_in_stock ON product (id) WHERE retired_at IS NULL AND available > 0;

CREATE TABLE "order" (
    id bigserial PRIMARY KEY,
    invoice text NOT NULL UNIQUE,
    user_id bigint NOT NULL REFERENCES "user",
    kind text NOT NULL CHECK (kind IN ('purchase', 'deposit')),
    product_id integer REFERENCES product,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price bigint NOT NULL CHECK (unit_price >= 0),
    discount bigint NOT NULL DEFAULT 0 CHECK (discount >= 0),
    total bigint NOT NULL CHECK (total >= 0),
    method text NOT NULL CHECK (method IN ('qris', 'balance')),
    state text NOT NULL
        CHECK (state IN ('pending', 'paid', 'delivered', 'expired', 'canceled', 'credited')),
    reason text,
    message_id bigint,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    paid_at timestamptz,
    delivered_at timestamptz,
    closed_at timestamptz,
    CHECK ((kind = 'purchase') = (product_id IS NOT NULL))
);
CREATE UNIQUE INDEX order_one_unpaid ON "order" (user_id) WHERE state = 'pending';
CREATE INDEX order_history ON "order" (user_id, id DESC);
CREATE INDEX order_deadline ON "order" (expires_at) WHERE state = 'pending';
CREATE INDEX order_in_hand ON "order" (id) WHERE state = 'paid';
CREATE INDEX order_closed ON "order" (closed_at) WHERE state = 'expired';

CREATE TABLE payment (
    id bigserial PRIMARY KEY,
    order_id bigint NOT NULL UNIQUE REFERENCES "order",
    amount bigint NOT NULL CHECK (amount > 0),
    fee bigint,
    total bigint,
    txn_id text UNIQUE,
    qr_string text,
    page_url text,
    state text NOT NULL
        CHECK (state IN ('opening', 'open', 'completed', 'canceled', 'refused', 'lapsed')),
    next_check_at timestamptz,
    checks integer NOT NULL DEFAULT 0,
    watch_until timestamptz,
    opened_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX payment_due ON payment (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE stock_item (
    id bigserial PRIMARY KEY,
    product_id integer NOT NULL REFERENCES product,
    kind text NOT NULL CHECK (kind IN ('text', 'document', 'sticker')),
    content bytea NOT NULL,
    fingerprint bytea,
    state text NOT NULL CHECK (state IN ('available', 'reserved', 'sold')),
    order_id bigint REFERENCES "order",
    added_at timestamptz NOT NULL,
    CHECK ((state = 'available') = (order_id IS NULL)),
    UNIQUE (product_id, fingerprint)
);
CREATE INDEX stock_item_available ON stock_item (product_id, id) WHERE state = 'available';
CREATE INDEX stock_item_order ON stock_item (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE delivery (
    order_id bigint NOT NULL REFERENCES "order",
    part smallint NOT NULL,
    state text NOT NULL CHECK (state IN ('sending', 'sent', 'unknown')),
    message_id bigint,
    at timestamptz NOT NULL,
    PRIMARY KEY (order_id, part)
);

CREATE TABLE ledger_entry (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES "user",
    amount bigint NOT NULL CHECK (amount <> 0),
    balance bigint NOT NULL CHECK (balance >= 0),
    reason text NOT NULL UNIQUE,
    note text,
    actor_id bigint,
    created_at timestamptz NOT NULL
);
CREATE INDEX ledger_entry_user ON ledger_entry (user_id, id DESC);

CREATE TABLE audit_event (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    correlation_id text
);
CREATE INDEX audit_event_entity ON audit_event (entity, id);

CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    actor text NOT NULL,
    queue text NOT NULL,
    args jsonb NOT NULL,
    attempt integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    swept_at timestamptz,
    created_at timestamptz NOT NULL,
    correlation_id text
);
CREATE INDEX outbox_due ON outbox (due_at);

CREATE TABLE dead_letter (
    id text PRIMARY KEY,
    actor text NOT NULL,
    queue text NOT NULL,
    args bytea NOT NULL,
    error text NOT NULL,
    traceback text NOT NULL DEFAULT '',
    attempts integer NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('dead', 'retried', 'discarded')),
    died_at timestamptz NOT NULL,
    correlation_id text
);
CREATE INDEX dead_letter_open ON dead_letter (died_at) WHERE state = 'dead';
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql(
        'DROP TABLE dead_letter, outbox, audit_event, ledger_entry, delivery, stock_item, payment, "order", '
        'product, handled_update, "user", setting CASCADE; DROP SEQUENCE user_number'
    )

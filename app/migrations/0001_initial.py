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
    bought integer NOT NULL DEFAULT 0 CHECK (bought >= 0),
    is_admin boolean NOT NULL DEFAULT false,
    is_reseller boolean NOT NULL DEFAULT false,
    session jsonb NOT NULL DEFAULT '{}',
    joined_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    banned_at timestamptz,
    unreachable_at timestamptz,
    forgotten_at timestamptz
);
CREATE INDEX user_username ON "user" (lower(username)) WHERE username IS NOT NULL;
CREATE INDEX user_admin ON "user" (id) WHERE is_admin;
CREATE INDEX user_joined ON "user" (joined_at);
CREATE INDEX user_bought ON "user" (bought DESC, id) WHERE bought > 0;
-- Reachable people are all who joined less these; counting the others would read the whole table.
CREATE INDEX user_silent ON "user" (id) WHERE unreachable_at IS NOT NULL OR banned_at IS NOT NULL;
CREATE SEQUENCE user_number;

CREATE TABLE handled_update (id bigint PRIMARY KEY, reply jsonb, handled_at timestamptz NOT NULL);
CREATE INDEX handled_update_age ON handled_update (handled_at);

-- `/editid` gives a product another number: everything that refers to it follows.
CREATE TABLE product (
    id integer PRIMARY KEY CHECK (id > 0),
    name text NOT NULL,
    category text,
    description text NOT NULL DEFAULT '',
    price bigint NOT NULL CHECK (price > 0),
    reseller_price bigint CHECK (reseller_price > 0),
    discount_percent smallint CHECK (discount_percent BETWEEN 1 AND 99),
    discount_amount bigint CHECK (discount_amount > 0),
    photo text,
    shared_kind text CHECK (shared_kind IN ('text', 'document', 'sticker')),
    shared_content bytea,
    available integer NOT NULL DEFAULT 0 CHECK (available >= 0),
    sold integer NOT NULL DEFAULT 0 CHECK (sold >= 0),
    sold_offset integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    retired_at timestamptz,
    locked_at timestamptz,
    CHECK (discount_percent IS NULL OR discount_amount IS NULL),
    CHECK ((shared_kind IS NULL) = (shared_content IS NULL)),
    CHECK (sold + sold_offset >= 0)
);
CREATE INDEX product_category ON product (category, id) WHERE retired_at IS NULL;
CREATE INDEX product_best ON product ((sold + sold_offset) DESC, id)
    WHERE retired_at IS NULL AND sold + sold_offset > 0;
CREATE INDEX product_in_stock ON product (id)
    WHERE retired_at IS NULL AND (available > 0 OR shared_kind IS NOT NULL);

CREATE TABLE category_discount (
    category text PRIMARY KEY,
    percent smallint CHECK (percent BETWEEN 1 AND 99),
    amount bigint CHECK (amount > 0),
    CHECK ((percent IS NULL) <> (amount IS NULL))
);

CREATE TABLE restock_waiter (
    product_id integer NOT NULL REFERENCES product ON UPDATE CASCADE,
    user_id bigint NOT NULL REFERENCES "user",
    at timestamptz NOT NULL,
    PRIMARY KEY (product_id, user_id)
);

CREATE TABLE voucher (
    code text PRIMARY KEY,
    amount bigint NOT NULL CHECK (amount > 0),
    state text NOT NULL CHECK (state IN ('available', 'reserved', 'spent')),
    user_id bigint REFERENCES "user",
    redeemed_at timestamptz,
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (state = 'available' OR user_id IS NOT NULL)
);
CREATE INDEX voucher_user ON voucher (user_id, redeemed_at DESC) WHERE user_id IS NOT NULL;

CREATE TABLE "order" (
    id bigserial PRIMARY KEY,
    invoice text NOT NULL UNIQUE,
    user_id bigint NOT NULL REFERENCES "user",
    kind text NOT NULL CHECK (kind IN ('purchase', 'deposit')),
    product_id integer REFERENCES product ON UPDATE CASCADE,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price bigint NOT NULL CHECK (unit_price >= 0),
    discount bigint NOT NULL DEFAULT 0 CHECK (discount >= 0),
    total bigint NOT NULL CHECK (total >= 0),
    voucher_code text REFERENCES voucher,
    claims smallint NOT NULL DEFAULT 0 CHECK (claims >= 0),
    method text NOT NULL CHECK (method IN ('qris', 'balance')),
    state text NOT NULL
        CHECK (state IN ('pending', 'paid', 'delivered', 'expired', 'canceled', 'credited')),
    reason text,
    note text,
    message_id bigint,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    paid_at timestamptz,
    delivered_at timestamptz,
    closed_at timestamptz,
    CHECK ((kind = 'purchase') = (product_id IS NOT NULL))
);
CREATE UNIQUE INDEX order_one_unpaid ON "order" (user_id) WHERE state = 'pending';
CREATE UNIQUE INDEX order_voucher ON "order" (voucher_code)
    WHERE voucher_code IS NOT NULL AND state IN ('pending', 'paid', 'delivered');
CREATE INDEX order_history ON "order" (user_id, id DESC);
CREATE INDEX order_product ON "order" (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX order_deadline ON "order" (expires_at) WHERE state = 'pending';
CREATE INDEX order_in_hand ON "order" (id) WHERE state = 'paid';
CREATE INDEX order_closed ON "order" (closed_at) WHERE state = 'expired';
-- What happened in the last days, without reading all the years.
CREATE INDEX order_created ON "order" (created_at);
CREATE INDEX order_paid ON "order" (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX order_deposited ON "order" (closed_at) WHERE kind = 'deposit' AND state = 'credited';

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
    unanswered_since timestamptz,
    cancel_asked_at timestamptz,
    accepted bigint CHECK (accepted > 0),
    opened_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX payment_due ON payment (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX payment_opened ON payment (opened_at, state) WHERE opened_at IS NOT NULL;

CREATE TABLE contradiction (
    order_id bigint PRIMARY KEY REFERENCES "order",
    differs jsonb NOT NULL,
    said jsonb NOT NULL,
    found_at timestamptz NOT NULL,
    verdict varchar(16) CHECK (verdict IN ('accepted', 'refused', 'agreed')),
    decided_at timestamptz,
    note text,
    CHECK ((verdict IS NULL) = (decided_at IS NULL))
);
CREATE INDEX contradiction_open ON contradiction (found_at) WHERE verdict IS NULL;

CREATE TABLE stray (
    id bigserial PRIMARY KEY,
    invoice text NOT NULL,
    txn_id text NOT NULL DEFAULT '',
    times integer NOT NULL DEFAULT 1,
    said jsonb,
    looked_at timestamptz,
    found_at timestamptz NOT NULL,
    outcome varchar(16) CHECK (outcome IN ('credited', 'dismissed')),
    ended_at timestamptz,
    note text,
    UNIQUE (invoice, txn_id),
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX stray_open ON stray (found_at) WHERE outcome IS NULL;

CREATE TABLE quote (amount bigint PRIMARY KEY, fee bigint NOT NULL, asked_at timestamptz NOT NULL);

-- A batch is no foreign key: batches are forgotten in time, and the check would read every item.
CREATE TABLE stock_item (
    id bigserial PRIMARY KEY,
    product_id integer NOT NULL REFERENCES product ON UPDATE CASCADE,
    kind text NOT NULL CHECK (kind IN ('text', 'document', 'sticker')),
    content bytea NOT NULL,
    fingerprint bytea,
    state text NOT NULL CHECK (state IN ('available', 'reserved', 'sold')),
    order_id bigint REFERENCES "order",
    batch_id bigint,
    added_at timestamptz NOT NULL,
    CHECK ((state = 'available') = (order_id IS NULL)),
    UNIQUE (product_id, fingerprint)
);
CREATE INDEX stock_item_available ON stock_item (product_id, id) WHERE state = 'available';
CREATE INDEX stock_item_order ON stock_item (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX stock_item_batch ON stock_item (batch_id) WHERE batch_id IS NOT NULL AND state = 'available';

CREATE TABLE stock_batch (
    id bigserial PRIMARY KEY,
    product_id integer NOT NULL REFERENCES product ON UPDATE CASCADE,
    state text NOT NULL CHECK (state IN ('asked', 'adding', 'done', 'dropped', 'undone')),
    update_id bigint UNIQUE,
    content bytea,
    total integer NOT NULL,
    done integer NOT NULL DEFAULT 0,
    added integer NOT NULL DEFAULT 0,
    with_heading boolean NOT NULL DEFAULT false,
    chat_id bigint NOT NULL,
    thread_id bigint,
    message_id bigint,
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK ((content IS NULL) = (state IN ('done', 'dropped', 'undone')))
);
CREATE INDEX stock_batch_created ON stock_batch (created_at);

CREATE TABLE delivery (
    order_id bigint NOT NULL REFERENCES "order",
    part smallint NOT NULL,
    state text NOT NULL CHECK (state IN ('sending', 'sent', 'unknown')),
    doubts smallint NOT NULL DEFAULT 0,
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
    correlation_id text,
    lane smallint,
    number bigint,
    seal bytea
);
CREATE INDEX audit_event_entity ON audit_event (entity, id);
-- Events about anything but orders and money are few: checks find them without reading the others.
CREATE INDEX audit_event_rare ON audit_event (entity, id)
    WHERE split_part(action, '.', 1) NOT IN ('order', 'payment', 'balance', 'goods', 'voucher');

CREATE TABLE audit_lane (lane smallint PRIMARY KEY, last bigint NOT NULL, seal bytea NOT NULL);

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
    kind text NOT NULL DEFAULT '',
    subject text,
    args bytea NOT NULL,
    error text NOT NULL,
    traceback text NOT NULL DEFAULT '',
    attempts integer NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('dead', 'retried', 'discarded')),
    died_at timestamptz NOT NULL,
    correlation_id text,
    told_at timestamptz,
    buyer_told_at timestamptz
);
CREATE INDEX dead_letter_open ON dead_letter (died_at) WHERE state = 'dead';
CREATE INDEX dead_letter_kind ON dead_letter (kind) WHERE state = 'dead';
CREATE INDEX dead_letter_subject ON dead_letter (actor, subject);

CREATE TABLE notify_group (
    chat_id bigint PRIMARY KEY,
    thread_id bigint,
    title text NOT NULL DEFAULT '',
    added_by bigint NOT NULL,
    added_at timestamptz NOT NULL
);

CREATE TABLE support_message (
    chat_id bigint NOT NULL,
    message_id bigint NOT NULL,
    user_id bigint NOT NULL REFERENCES "user",
    at timestamptz NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX support_message_age ON support_message (at);

CREATE TABLE broadcast (
    id bigserial PRIMARY KEY,
    source_chat_id bigint, source_message_id bigint,
    text text,
    album jsonb,
    origin bigint UNIQUE,
    state text NOT NULL CHECK (state IN ('draft', 'queued', 'running', 'paused', 'stopped', 'done')),
    run integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    sent integer NOT NULL DEFAULT 0, blocked integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0, unknown integer NOT NULL DEFAULT 0,
    problem text,
    created_by bigint NOT NULL,
    progress_chat_id bigint, progress_message_id bigint, progress_at timestamptz,
    created_at timestamptz NOT NULL,
    queued_at timestamptz, listed_at timestamptz, started_at timestamptz, ended_at timestamptz,
    CHECK (text IS NOT NULL OR source_message_id IS NOT NULL),
    CHECK ((source_chat_id IS NULL) = (source_message_id IS NULL))
);
CREATE UNIQUE INDEX broadcast_one_running ON broadcast (state) WHERE state = 'running';
CREATE INDEX broadcast_line ON broadcast (queued_at) WHERE state = 'queued';

-- A recipient is no foreign key to the person: inserting a million of them would lock and rewrite every
-- person's row, so that nobody could press a button meanwhile. People are never deleted.
CREATE TABLE broadcast_recipient (
    broadcast_id bigint NOT NULL REFERENCES broadcast,
    user_id bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'blocked', 'failed', 'unknown')),
    lane smallint,
    retry_at timestamptz,
    PRIMARY KEY (broadcast_id, user_id)
);
CREATE INDEX broadcast_recipient_waiting ON broadcast_recipient (broadcast_id, retry_at NULLS FIRST, user_id)
    WHERE state = 'waiting';
CREATE INDEX broadcast_recipient_sending ON broadcast_recipient (broadcast_id, lane) WHERE state = 'sending';
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)

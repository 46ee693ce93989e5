"""Warranty: how long a product has one, what buyers claim, and goods that were replaced."""

atomic = False

STATEMENTS = (
    "ALTER TABLE product ADD COLUMN IF NOT EXISTS warranty_days smallint",
    'ALTER TABLE "order" ADD COLUMN IF NOT EXISTS warranty_days smallint',
    "ALTER TABLE stock_item DROP CONSTRAINT IF EXISTS stock_item_state_check, "
    "ADD CONSTRAINT stock_item_state_check "
    "CHECK (state IN ('available', 'reserved', 'sold', 'faulty')) NOT VALID",
    "ALTER TABLE stock_item VALIDATE CONSTRAINT stock_item_state_check",
    """
    CREATE TABLE IF NOT EXISTS claim (
        id bigserial PRIMARY KEY,
        order_id bigint NOT NULL REFERENCES "order",
        item_id bigint NOT NULL REFERENCES stock_item,
        complaint bytea,
        state text NOT NULL
            CHECK (state IN ('open', 'replaced', 'refunded', 'refused', 'dropped')),
        note text,
        replacement_id bigint REFERENCES stock_item,
        part smallint,
        handed_at timestamptz,
        amount bigint CHECK (amount > 0),
        opened_at timestamptz NOT NULL,
        answered_at timestamptz,
        CHECK ((state = 'open') = (answered_at IS NULL)),
        CHECK ((state = 'replaced') = (replacement_id IS NOT NULL)),
        CHECK ((state = 'replaced') = (part IS NOT NULL)),
        CHECK ((state = 'refunded') = (amount IS NOT NULL))
    )
    """,
    "CREATE UNIQUE INDEX IF NOT EXISTS claim_item ON claim (item_id) WHERE state <> 'dropped'",
    "CREATE UNIQUE INDEX IF NOT EXISTS claim_replacement ON claim (replacement_id) "
    "WHERE replacement_id IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS claim_order ON claim (order_id, id)",
    "CREATE INDEX IF NOT EXISTS claim_waiting ON claim (opened_at, id) WHERE state = 'open'",
    # What was replaced and has not reached its buyer: few, at any moment.
    "CREATE INDEX IF NOT EXISTS claim_on_its_way ON claim (order_id) "
    "WHERE replacement_id IS NOT NULL AND handed_at IS NULL",
    "CREATE INDEX IF NOT EXISTS claim_opened ON claim (opened_at)",
)


def up(migrator, db, fake=False):
    for statement in STATEMENTS:
        db.execute_sql(statement)

"""One account for several buyers: a line of stock becomes so many items, its slots."""

atomic = False

STATEMENTS = (
    "ALTER TABLE product ADD COLUMN IF NOT EXISTS slots smallint NOT NULL DEFAULT 1 CHECK (slots > 0)",
    "ALTER TABLE stock_item ADD COLUMN IF NOT EXISTS account bytea",
    "ALTER TABLE stock_item ADD COLUMN IF NOT EXISTS slot smallint",
    "ALTER TABLE stock_item DROP CONSTRAINT IF EXISTS stock_item_slot, "
    "ADD CONSTRAINT stock_item_slot CHECK ((account IS NULL) = (slot IS NULL) AND (slot > 0) IS NOT FALSE) "
    "NOT VALID",
    "ALTER TABLE stock_item VALIDATE CONSTRAINT stock_item_slot",
    # One that was given up half way is there, and of no use.
    "DROP INDEX CONCURRENTLY IF EXISTS stock_item_account",
    "CREATE INDEX CONCURRENTLY stock_item_account ON stock_item (product_id, account) "
    "WHERE account IS NOT NULL",
)


def up(migrator, db, fake=False):
    for statement in STATEMENTS:
        db.execute_sql(statement)

"""Audit events know what they are called in the audit database, and whether they are there.

Events of before get their name when they are shipped: naming all at once would rewrite the table.
"""

atomic = False

STATEMENTS = (
    "ALTER TABLE audit_event ADD COLUMN IF NOT EXISTS source uuid, "
    "ADD COLUMN IF NOT EXISTS shipped_at timestamptz",
    "ALTER TABLE audit_event ALTER COLUMN source SET DEFAULT gen_random_uuid()",
    # One that was given up half way is there, and of no use.
    "DROP INDEX CONCURRENTLY IF EXISTS audit_event_unshipped",
    "CREATE INDEX CONCURRENTLY audit_event_unshipped ON audit_event (id) WHERE shipped_at IS NULL",
)


def up(migrator, db, fake=False):
    for statement in STATEMENTS:
        db.execute_sql(statement)

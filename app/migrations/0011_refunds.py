"""What was given back in the last days is found without reading the whole ledger."""

atomic = False

STATEMENTS = (
    # One that was given up half way is there, and of no use.
    "DROP INDEX CONCURRENTLY IF EXISTS ledger_entry_given_back",
    "CREATE INDEX CONCURRENTLY ledger_entry_given_back ON ledger_entry (created_at) "
    "WHERE reason LIKE 'order:%%:refund' OR reason LIKE 'order:%%:warranty:%%'",
)


def up(migrator, db, fake=False):
    for statement in STATEMENTS:
        db.execute_sql(statement)

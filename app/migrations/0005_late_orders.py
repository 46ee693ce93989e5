"""Orders that were paid late are found without reading all the others."""

atomic = False

STATEMENTS = (
    # One that was given up half way is there, and of no use.
    "DROP INDEX CONCURRENTLY IF EXISTS order_late",
    "CREATE INDEX CONCURRENTLY order_late ON \"order\" (id) WHERE reason = 'late'",
)


def up(migrator, db, fake=False):
    for statement in STATEMENTS:
        db.execute_sql(statement)

"""A broadcast may be an album, and one that a question led to is made once."""

SCHEMA = """
ALTER TABLE broadcast
    ADD COLUMN album jsonb,
    ADD COLUMN origin bigint UNIQUE;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("ALTER TABLE broadcast DROP COLUMN album, DROP COLUMN origin")

"""Products that are off the shelf because none of the keys opens what would be sold next."""

SCHEMA = """
ALTER TABLE product ADD COLUMN locked_at timestamptz;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("ALTER TABLE product DROP COLUMN locked_at")

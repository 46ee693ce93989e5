"""What the gateway said that it adds to an amount, for a while: shown before the checkout."""

SCHEMA = """
CREATE TABLE quote (
    amount bigint PRIMARY KEY,
    fee bigint NOT NULL,
    asked_at timestamptz NOT NULL
);
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("DROP TABLE quote")

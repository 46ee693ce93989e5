"""Notifications of payments that the shop knows no order for, until somebody has dealt with them."""

SCHEMA = """
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
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("DROP TABLE stray")

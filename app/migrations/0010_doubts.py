"""What a payment's story needs where the gateway contradicts: since when it is silent, what was accepted."""

SCHEMA = """
ALTER TABLE payment
    ADD COLUMN unanswered_since timestamptz,
    ADD COLUMN cancel_asked_at timestamptz,
    ADD COLUMN accepted bigint CHECK (accepted > 0);

CREATE TABLE contradiction (
    order_id bigint PRIMARY KEY REFERENCES "order" (id),
    differs jsonb NOT NULL,
    said jsonb NOT NULL,
    found_at timestamptz NOT NULL,
    verdict varchar(16) CHECK (verdict IN ('accepted', 'refused', 'agreed')),
    decided_at timestamptz,
    note text,
    CHECK ((verdict IS NULL) = (decided_at IS NULL))
);
CREATE INDEX contradiction_open ON contradiction (found_at) WHERE verdict IS NULL;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql(
        "DROP TABLE contradiction; "
        "ALTER TABLE payment DROP COLUMN unanswered_since, DROP COLUMN cancel_asked_at, DROP COLUMN accepted"
    )

"""What is wrong at the moment, and the messages that say so."""

SCHEMA = """
CREATE TABLE alert (
    name text PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('clear', 'firing', 'unsteady')),
    since timestamptz NOT NULL,
    incident integer NOT NULL,
    reading text NOT NULL CHECK (reading IN ('bad', 'good', 'between')),
    reading_since timestamptz NOT NULL,
    measured_at timestamptz NOT NULL,
    facts jsonb NOT NULL,
    flips jsonb NOT NULL,
    rung_facts jsonb NOT NULL,
    messages jsonb NOT NULL,
    told_at timestamptz,
    muted_until timestamptz,
    version integer NOT NULL
)
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)

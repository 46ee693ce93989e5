"""A dead letter knows the run that came of it, and how often and when it died before."""

SCHEMA = """
ALTER TABLE dead_letter
    ADD COLUMN deaths integer NOT NULL DEFAULT 1,
    ADD COLUMN history jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN rerun_id text,
    ADD COLUMN settled_at timestamptz;
CREATE INDEX dead_letter_rerun ON dead_letter (rerun_id);
CREATE INDEX dead_letter_settled ON dead_letter (kind, settled_at)
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)

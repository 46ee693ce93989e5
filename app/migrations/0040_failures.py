"""What kind of failure a dead letter is, what it is about, and who knows; tries that may have arrived."""

SCHEMA = """
ALTER TABLE dead_letter
    ADD COLUMN kind text NOT NULL DEFAULT '',
    ADD COLUMN subject text,
    ADD COLUMN told_at timestamptz,
    ADD COLUMN buyer_told_at timestamptz;
UPDATE dead_letter SET kind = actor || ' ' || split_part(split_part(error, chr(10), 1), ':', 1);
CREATE INDEX dead_letter_kind ON dead_letter (kind) WHERE state = 'dead';
CREATE INDEX dead_letter_subject ON dead_letter (actor, subject);
ALTER TABLE delivery ADD COLUMN doubts smallint NOT NULL DEFAULT 0;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
ALTER TABLE delivery DROP COLUMN doubts;
DROP INDEX dead_letter_kind, dead_letter_subject;
ALTER TABLE dead_letter
    DROP COLUMN kind, DROP COLUMN subject, DROP COLUMN told_at, DROP COLUMN buyer_told_at;
""")

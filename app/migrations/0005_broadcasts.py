"""Broadcasts, with every recipient, so that each resumes where it stood."""

SCHEMA = """
CREATE TABLE broadcast (
    id bigserial PRIMARY KEY,
    source_chat_id bigint,
    source_message_id bigint,
    text text,
    state text NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'stopped', 'done')),
    total integer NOT NULL DEFAULT 0,
    created_by bigint NOT NULL,
    progress_message_id bigint,
    progress_at timestamptz,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    CHECK ((text IS NULL) = (source_message_id IS NOT NULL))
);

CREATE TABLE broadcast_recipient (
    broadcast_id bigint NOT NULL REFERENCES broadcast,
    user_id bigint NOT NULL REFERENCES "user",
    state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'blocked', 'failed')),
    PRIMARY KEY (broadcast_id, user_id)
);
CREATE INDEX broadcast_recipient_waiting ON broadcast_recipient (broadcast_id, user_id)
    WHERE state = 'waiting';
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DROP TABLE broadcast_recipient, broadcast;
""")

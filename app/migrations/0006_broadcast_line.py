"""Broadcasts wait in a line, count as they go, and may carry a caption of their own."""

# Recipients lose their reference to the person: inserting a million of them would lock and rewrite every
# person's row, so that nobody could press a button meanwhile. People are never deleted.
SCHEMA = """
ALTER TABLE broadcast
    DROP CONSTRAINT broadcast_state_check,
    DROP CONSTRAINT broadcast_check,
    ADD CHECK (state IN ('draft', 'queued', 'running', 'paused', 'stopped', 'done')),
    ADD CHECK (text IS NOT NULL OR source_message_id IS NOT NULL),
    ADD CHECK ((source_chat_id IS NULL) = (source_message_id IS NULL)),
    ADD COLUMN run integer NOT NULL DEFAULT 0,
    ADD COLUMN sent integer NOT NULL DEFAULT 0,
    ADD COLUMN blocked integer NOT NULL DEFAULT 0,
    ADD COLUMN failed integer NOT NULL DEFAULT 0,
    ADD COLUMN unknown integer NOT NULL DEFAULT 0,
    ADD COLUMN progress_chat_id bigint,
    ADD COLUMN queued_at timestamptz,
    ADD COLUMN listed_at timestamptz,
    ADD COLUMN problem text;
CREATE UNIQUE INDEX broadcast_one_running ON broadcast (state) WHERE state = 'running';
CREATE INDEX broadcast_line ON broadcast (queued_at) WHERE state = 'queued';

ALTER TABLE broadcast_recipient
    DROP CONSTRAINT broadcast_recipient_user_id_fkey,
    DROP CONSTRAINT broadcast_recipient_state_check,
    ADD CHECK (state IN ('waiting', 'sending', 'sent', 'blocked', 'failed', 'unknown')),
    ADD COLUMN lane smallint;
CREATE INDEX broadcast_recipient_sending ON broadcast_recipient (broadcast_id, lane) WHERE state = 'sending';

-- Reachable people are all who joined less these; counting the others would read the whole table.
CREATE INDEX user_silent ON "user" (id) WHERE unreachable_at IS NOT NULL OR banned_at IS NOT NULL;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DROP INDEX user_silent, broadcast_line, broadcast_one_running, broadcast_recipient_sending;
UPDATE broadcast_recipient SET state = 'sending' WHERE state = 'unknown';
ALTER TABLE broadcast_recipient
    DROP COLUMN lane,
    DROP CONSTRAINT broadcast_recipient_state_check,
    ADD CHECK (state IN ('waiting', 'sending', 'sent', 'blocked', 'failed')),
    ADD FOREIGN KEY (user_id) REFERENCES "user";
UPDATE broadcast SET state = 'paused' WHERE state = 'queued';
DELETE FROM broadcast_recipient
WHERE broadcast_id IN (SELECT id FROM broadcast WHERE text IS NOT NULL AND source_message_id IS NOT NULL);
DELETE FROM broadcast WHERE text IS NOT NULL AND source_message_id IS NOT NULL;
ALTER TABLE broadcast
    DROP CONSTRAINT broadcast_state_check, DROP CONSTRAINT broadcast_check, DROP CONSTRAINT broadcast_check1,
    DROP COLUMN run, DROP COLUMN sent, DROP COLUMN blocked, DROP COLUMN failed,
    DROP COLUMN unknown, DROP COLUMN progress_chat_id,
    DROP COLUMN queued_at, DROP COLUMN listed_at, DROP COLUMN problem,
    ADD CHECK (state IN ('draft', 'running', 'paused', 'stopped', 'done')),
    ADD CHECK ((text IS NULL) = (source_message_id IS NOT NULL));
""")

"""Groups that get notices, and where a customer's message lies in the admins' chats."""

SCHEMA = """
CREATE TABLE notify_group (
    chat_id bigint PRIMARY KEY,
    title text NOT NULL DEFAULT '',
    added_by bigint NOT NULL,
    added_at timestamptz NOT NULL
);

CREATE TABLE support_message (
    chat_id bigint NOT NULL,
    message_id bigint NOT NULL,
    user_id bigint NOT NULL REFERENCES "user",
    at timestamptz NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX support_message_age ON support_message (at);
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DROP TABLE support_message, notify_group;
""")

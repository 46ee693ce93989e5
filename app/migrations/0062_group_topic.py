"""Notices go to the topic of a forum in which the group was listed."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE notify_group ADD COLUMN thread_id bigint")


def down(migrator, db):
    db.execute_sql("ALTER TABLE notify_group DROP COLUMN thread_id")

"""Audit events about anything but orders and money are few: checks find them without reading the others."""

SCHEMA = """
CREATE INDEX audit_event_rare ON audit_event (entity, id)
WHERE split_part(action, '.', 1) NOT IN ('order', 'payment', 'balance', 'goods', 'voucher');
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("DROP INDEX audit_event_rare")

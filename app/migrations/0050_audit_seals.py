"""Audit events are numbered without gaps and sealed: one that was changed, removed or forged shows.

Those from before have no seal; how many they are is noted.
"""

SCHEMA = """
ALTER TABLE audit_event ADD COLUMN lane smallint, ADD COLUMN number bigint, ADD COLUMN seal bytea;
CREATE TABLE audit_lane (lane smallint PRIMARY KEY, last bigint NOT NULL, seal bytea NOT NULL);
INSERT INTO setting (key, value)
SELECT 'audit_unsealed', jsonb_build_object('last', max(id), 'count', count(*)) FROM audit_event
HAVING count(*) > 0;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DELETE FROM setting WHERE key = 'audit_unsealed';
DROP TABLE audit_lane;
ALTER TABLE audit_event DROP COLUMN lane, DROP COLUMN number, DROP COLUMN seal;
""")

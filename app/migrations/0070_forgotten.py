"""Who asked to be forgotten is marked by a column: a name is anybody's, also the one that marked them."""

SCHEMA = """
ALTER TABLE "user" ADD COLUMN forgotten_at timestamptz;

UPDATE "user" SET forgotten_at = unreachable_at
WHERE name = '•••' AND username IS NULL AND email IS NULL AND whatsapp IS NULL AND unreachable_at IS NOT NULL;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
UPDATE "user" SET name = '•••' WHERE forgotten_at IS NOT NULL;
ALTER TABLE "user" DROP COLUMN forgotten_at;
""")

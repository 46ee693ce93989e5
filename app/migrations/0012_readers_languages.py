"""What a broadcast of the shop's own words says in other languages."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE broadcast ADD COLUMN translations text")

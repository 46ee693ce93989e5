"""People read the shop in the language of their choice."""


def up(migrator, db, fake=False):
    db.execute_sql('ALTER TABLE "user" ADD COLUMN language text')

"""What people could not be told while they had blocked the bot, and will be when they are back."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "user" ADD COLUMN missed jsonb')

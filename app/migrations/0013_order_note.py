"""Why an operator ended an order: words about somebody, so not in the audit, from which nothing goes."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "order" ADD COLUMN note text')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "order" DROP COLUMN note')

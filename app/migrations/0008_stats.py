"""What was ordered, paid, credited, opened or joined in the last days, without reading all the years."""

SCHEMA = """
CREATE INDEX order_created ON "order" (created_at);
CREATE INDEX order_paid ON "order" (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX order_deposited ON "order" (closed_at) WHERE kind = 'deposit' AND state = 'credited';
CREATE INDEX payment_opened ON payment (opened_at, state) WHERE opened_at IS NOT NULL;
CREATE INDEX user_joined ON "user" (joined_at);
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("DROP INDEX order_created, order_paid, order_deposited, payment_opened, user_joined")

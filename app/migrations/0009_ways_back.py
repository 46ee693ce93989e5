"""What a deposit is made for, and which question an answer is to quote."""

STATEMENTS = (
    'ALTER TABLE "order" ADD COLUMN wish jsonb',
    "ALTER TABLE support_message ADD COLUMN question_id bigint",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)

"""Counters: what a person bought, and what staff say was sold besides. Files for everybody are in stock."""

SCHEMA = """
ALTER TABLE product
    ADD COLUMN sold_offset integer NOT NULL DEFAULT 0,
    ADD CHECK (sold + sold_offset >= 0);
ALTER TABLE "user" ADD COLUMN bought integer NOT NULL DEFAULT 0 CHECK (bought >= 0);

UPDATE "user" u SET bought = o.items
FROM (
    SELECT user_id, sum(quantity) AS items
    FROM "order"
    WHERE kind = 'purchase' AND state = 'delivered'
    GROUP BY user_id
) o
WHERE o.user_id = u.id;

CREATE INDEX user_bought ON "user" (bought DESC, id) WHERE bought > 0;
CREATE INDEX product_best ON product ((sold + sold_offset) DESC, id)
    WHERE retired_at IS NULL AND sold + sold_offset > 0;
DROP INDEX product_in_stock;
CREATE INDEX product_in_stock ON product (id)
    WHERE retired_at IS NULL AND (available > 0 OR shared_kind IS NOT NULL);
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DROP INDEX product_best, product_in_stock;
CREATE INDEX product_in_stock ON product (id) WHERE retired_at IS NULL AND available > 0;
ALTER TABLE "user" DROP COLUMN bought;
ALTER TABLE product DROP COLUMN sold_offset;
""")

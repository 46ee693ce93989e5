"""Discounts, reseller prices, pictures, files for everybody, and who waits for a product."""

SCHEMA = """
ALTER TABLE product
    ADD COLUMN reseller_price bigint CHECK (reseller_price > 0),
    ADD COLUMN discount_percent smallint CHECK (discount_percent BETWEEN 1 AND 99),
    ADD COLUMN discount_amount bigint CHECK (discount_amount > 0),
    ADD COLUMN photo text,
    ADD COLUMN shared_kind text CHECK (shared_kind IN ('text', 'document', 'sticker')),
    ADD COLUMN shared_content bytea,
    ADD CHECK (discount_percent IS NULL OR discount_amount IS NULL),
    ADD CHECK ((shared_kind IS NULL) = (shared_content IS NULL));

CREATE TABLE category_discount (
    category text PRIMARY KEY,
    percent smallint CHECK (percent BETWEEN 1 AND 99),
    amount bigint CHECK (amount > 0),
    CHECK ((percent IS NULL) <> (amount IS NULL))
);

CREATE TABLE restock_waiter (
    product_id integer NOT NULL REFERENCES product ON UPDATE CASCADE,
    user_id bigint NOT NULL REFERENCES "user",
    at timestamptz NOT NULL,
    PRIMARY KEY (product_id, user_id)
);

-- `/editid` gives a product another number; its stock and orders follow.
ALTER TABLE stock_item
    DROP CONSTRAINT stock_item_product_id_fkey,
    ADD FOREIGN KEY (product_id) REFERENCES product ON UPDATE CASCADE;
ALTER TABLE "order"
    DROP CONSTRAINT order_product_id_fkey,
    ADD FOREIGN KEY (product_id) REFERENCES product ON UPDATE CASCADE;
CREATE INDEX order_product ON "order" (product_id) WHERE product_id IS NOT NULL;
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DROP INDEX order_product;
DROP TABLE restock_waiter, category_discount;
ALTER TABLE product DROP COLUMN reseller_price, DROP COLUMN discount_percent, DROP COLUMN discount_amount,
    DROP COLUMN photo, DROP COLUMN shared_kind, DROP COLUMN shared_content;
""")

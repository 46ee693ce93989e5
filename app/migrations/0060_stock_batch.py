"""Goods that were handed in together: asked about when they are many, added in steps, taken back as one."""

# An item's batch is no foreign key: batches are forgotten in time, and the check would read every item.
SCHEMA = """
CREATE TABLE stock_batch (
    id bigserial PRIMARY KEY,
    product_id integer NOT NULL REFERENCES product ON UPDATE CASCADE,
    state text NOT NULL CHECK (state IN ('asked', 'adding', 'done', 'dropped', 'undone')),
    update_id bigint UNIQUE,
    content bytea,
    total integer NOT NULL,
    done integer NOT NULL DEFAULT 0,
    added integer NOT NULL DEFAULT 0,
    with_heading boolean NOT NULL DEFAULT false,
    chat_id bigint NOT NULL,
    thread_id bigint,
    message_id bigint,
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK ((content IS NULL) = (state IN ('done', 'dropped', 'undone')))
);
CREATE INDEX stock_batch_created ON stock_batch (created_at);

ALTER TABLE stock_item ADD COLUMN batch_id bigint;
CREATE INDEX stock_item_batch ON stock_item (batch_id) WHERE batch_id IS NOT NULL AND state = 'available';
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("DROP TABLE stock_batch; ALTER TABLE stock_item DROP COLUMN batch_id;")

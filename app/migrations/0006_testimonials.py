"""What buyers think of their goods, and how many stars a product has got of them."""

SCHEMA = """
ALTER TABLE product
    ADD COLUMN ratings integer NOT NULL DEFAULT 0 CHECK (ratings >= 0),
    ADD COLUMN stars integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT product_stars CHECK (stars BETWEEN ratings AND ratings * 5);
CREATE TABLE testimonial (
    id bigserial PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES "order",
    stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
    text text,
    hidden_at timestamptz,
    is_public boolean NOT NULL DEFAULT false,
    channel_id bigint,
    message_id bigint,
    taken_at timestamptz,
    created_at timestamptz NOT NULL,
    CHECK (hidden_at IS NULL OR NOT is_public),
    CHECK ((channel_id IS NULL) = (message_id IS NULL))
);
CREATE UNIQUE INDEX testimonial_order ON testimonial (order_id);
CREATE INDEX testimonial_created ON testimonial (created_at);
CREATE INDEX testimonial_posted ON testimonial (id) WHERE message_id IS NOT NULL
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)

"""Vouchers, and the warranty claims that refunds depend on."""

SCHEMA = """
CREATE TABLE voucher (
    code text PRIMARY KEY,
    amount bigint NOT NULL CHECK (amount > 0),
    state text NOT NULL CHECK (state IN ('available', 'reserved', 'spent')),
    user_id bigint REFERENCES "user",
    redeemed_at timestamptz,
    created_by bigint NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (state = 'available' OR user_id IS NOT NULL)
);
CREATE INDEX voucher_user ON voucher (user_id, redeemed_at DESC) WHERE user_id IS NOT NULL;

ALTER TABLE "order"
    ADD COLUMN voucher_code text REFERENCES voucher,
    ADD COLUMN claims smallint NOT NULL DEFAULT 0 CHECK (claims >= 0);
CREATE UNIQUE INDEX order_voucher ON "order" (voucher_code)
    WHERE voucher_code IS NOT NULL AND state IN ('pending', 'paid', 'delivered');
"""


def up(migrator, db):
    db.execute_sql(SCHEMA)


def down(migrator, db):
    db.execute_sql("""
DROP INDEX order_voucher;
ALTER TABLE "order" DROP COLUMN voucher_code, DROP COLUMN claims;
DROP TABLE voucher;
""")

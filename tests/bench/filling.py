"""Years of a large shop in minutes: rows made by PostgreSQL itself, indexes built when they are there.

Everything is as the services would have left it, with its audit events, but for one thing: all items hold the
same, so `verify` says that one is there twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from app.audit import seals
from app.infra import fingerprints

FIRST_PRODUCT = 101
#: Has one order in 250 of all, so that paging through a long history is measured too.
FAITHFUL = 1
PENDING = 300


@dataclass(frozen=True)
class Size:
    """How much of everything. `factor` 1 is a shop of some years."""

    factor: float = 1.0

    @property
    def users(self) -> int:
        return int(1_000_000 * self.factor)

    @property
    def products(self) -> int:
        return max(50, int(2_000 * self.factor))

    @property
    def orders(self) -> int:
        return int(5_000_000 * self.factor)

    @property
    def days(self) -> int:
        """Over which the orders came."""
        return 730

    @property
    def items(self) -> int:
        """What is on the shelves; every delivered order has an item besides."""
        return int(6_000_000 * self.factor)


STEPS = {
    "people": """
        INSERT INTO "user" (id, name, username, bank_id, joined_at, seen_at, unreachable_at, is_reseller)
        SELECT n, 'Pelanggan ' || n, 'user' || n, 100000 + n, now() - n * interval '60 s', now(),
               CASE WHEN n % 10 = 9 THEN now() END, n % 100 = 3
        FROM generate_series(1, %(users)s) AS n
    """,
    "products": """
        INSERT INTO product (id, name, category, description, price, reseller_price, created_at)
        SELECT %(first)s - 1 + n, 'Produk ' || n, CASE WHEN n % 50 > 0 THEN 'Kategori ' || n % 50 END,
               repeat('Garansi penuh. ', 10), 5000 + n * 10, CASE WHEN n % 3 = 0 THEN 4000 + n * 10 END, now()
        FROM generate_series(1, %(products)s) AS n
    """,
    "orders": """
        INSERT INTO "order" (id, invoice, user_id, kind, product_id, quantity, unit_price, total, method,
                             state, reason, created_at, expires_at, paid_at, delivered_at, closed_at)
        SELECT n, 'TRX' || to_char(at, 'YYYYMMDD') || lpad(n::text, 8, '0'),
               CASE WHEN n % 250 = 7 THEN %(faithful)s ELSE 1 + n * 48271 % %(users)s END,
               kind, CASE WHEN kind = 'purchase' THEN product END, 1,
               CASE WHEN kind = 'purchase' THEN 5010 + (product - %(first)s) * 10 ELSE 50000 END,
               CASE WHEN kind = 'purchase' THEN 5010 + (product - %(first)s) * 10 ELSE 50000 END,
               'qris', state, CASE WHEN state = 'expired' THEN 'deadline' END, at, at + interval '10 min',
               CASE WHEN state = 'delivered' THEN at + interval '1 min' END,
               CASE WHEN state = 'delivered' THEN at + interval '2 min' END,
               CASE state WHEN 'pending' THEN NULL WHEN 'delivered' THEN at + interval '2 min'
                          ELSE at + interval '10 min' END
        FROM (
            SELECT n, now() - (%(orders)s - n) * (%(days)s * interval '1 day' / %(orders)s) AS at,
                   CASE WHEN n > %(orders)s - %(pending)s THEN 'purchase'
                        WHEN n % 20 = 0 THEN 'deposit' ELSE 'purchase' END AS kind,
                   CASE WHEN n > %(orders)s - %(pending)s THEN 'pending'
                        WHEN n % 20 = 0 THEN 'credited'
                        WHEN n % 100 < 13 THEN 'expired'
                        WHEN n % 100 < 16 THEN 'canceled'
                        ELSE 'delivered' END AS state,
                   (%(first)s + floor(power(random(), 2) * %(products)s))::int AS product
            FROM generate_series(1::bigint, %(orders)s) AS n
        ) AS made
        WHERE state <> 'pending' OR n % 250 <> 7
    """,
    "payments": """
        INSERT INTO payment (id, order_id, amount, fee, total, txn_id, qr_string, page_url, state,
                             next_check_at, opened_at, completed_at, created_at)
        SELECT id, id, total, 485, total + 485, 'txn-' || id, repeat('0', 150),
               'https://pay.example/' || invoice,
               CASE state WHEN 'pending' THEN 'open' WHEN 'delivered' THEN 'completed'
                          WHEN 'credited' THEN 'completed' ELSE 'canceled' END,
               CASE WHEN state = 'pending' THEN now() + interval '1 min' END,
               created_at, CASE WHEN state IN ('delivered', 'credited') THEN closed_at END, created_at
        FROM "order"
    """,
    "sold items": """
        INSERT INTO stock_item (product_id, kind, content, fingerprint, state, order_id, added_at)
        SELECT product_id, 'text', %(content)s, decode(md5('sold' || id), 'hex'), 'sold', id, created_at
        FROM "order"
        WHERE state = 'delivered'
    """,
    "reserved items": """
        INSERT INTO stock_item (product_id, kind, content, fingerprint, state, order_id, added_at)
        SELECT product_id, 'text', %(content)s, decode(md5('held' || id), 'hex'), 'reserved', id, created_at
        FROM "order"
        WHERE state = 'pending'
    """,
    "items on the shelves": """
        INSERT INTO stock_item (product_id, kind, content, fingerprint, state, added_at)
        SELECT %(first)s + n % %(products)s, 'text', %(content)s, decode(md5('new' || n), 'hex'),
               'available', now()
        FROM generate_series(1, %(items)s) AS n
    """,
    "vouchers": """
        INSERT INTO voucher (code, amount, state, created_by, created_at, expires_at)
        SELECT 'GIFT' || n, 5000, 'available', 1, now(), now() + interval '30 days'
        FROM generate_series(1, 10000) AS n
    """,
    "deliveries": """
        INSERT INTO delivery (order_id, part, state, message_id, at)
        SELECT id, 0, 'sent', id, delivered_at
        FROM "order"
        WHERE state = 'delivered'
    """,
    "ledger": """
        INSERT INTO ledger_entry (user_id, amount, balance, reason, created_at)
        SELECT user_id, total, sum(total) OVER (PARTITION BY user_id ORDER BY id),
               'order:' || invoice || ':credit', closed_at
        FROM "order"
        WHERE state = 'credited'
    """,
}

#: One row an event: what happens to an order is told one after the other.
TRAIL = """
    INSERT INTO audit_event (id, lane, number, at, actor, action, entity, data, correlation_id, seal)
    SELECT *, {seal}
    FROM (
        SELECT row_number() OVER story AS id, 0::smallint AS lane, row_number() OVER story AS number,
               at, 'system' AS actor, action, entity, data, NULL AS correlation_id
        FROM (
            SELECT 0 AS chapter, p.id::bigint AS page, n AS line, p.created_at AS at,
                   CASE n WHEN 1 THEN 'product.added' ELSE 'stock.added' END AS action,
                   'product:' || p.id AS entity,
                   CASE n WHEN 1 THEN jsonb_build_object('name', name, 'price', price, 'category', category)
                          ELSE jsonb_build_object('count', i.items) END AS data
            FROM product p
            JOIN (SELECT product_id, count(*) AS items FROM stock_item GROUP BY product_id) i
              ON i.product_id = p.id
            CROSS JOIN generate_series(1, 2) AS n
            UNION ALL
            SELECT 0, id, 3, created_at, 'product.changed', 'product:' || id,
                   jsonb_build_object('after', jsonb_build_object('reseller_price', reseller_price))
            FROM product
            WHERE reseller_price IS NOT NULL
            UNION ALL
            SELECT 1, id, 0, joined_at, 'user.reseller_added', 'user:' || id, '{}'
            FROM "user"
            WHERE is_reseller
            UNION ALL
            SELECT 2, 0, 0, now(), 'vouchers.created', 'user:1', jsonb_build_object('count', count(*))
            FROM voucher
            UNION ALL
            SELECT 3, o.id, step.line, step.at, step.action, 'order:' || invoice, step.data
            FROM "order" o
            JOIN payment p ON p.order_id = o.id
            CROSS JOIN LATERAL (
                VALUES (1, o.created_at, 'order.placed', jsonb_build_object(
                            'user', user_id, 'kind', kind, 'method', method, 'product', product_id,
                            'quantity', quantity, 'unit_price', unit_price, 'discount', discount,
                            'total', o.total, 'expires', expires_at, 'voucher', NULL)),
                       (2, p.opened_at, 'payment.opened', jsonb_build_object(
                            'amount', p.amount, 'fee', fee, 'total', p.total, 'txn', txn_id, 'qr', encode(
                                sha256(convert_to(qr_string || '|' || page_url, 'UTF8')), 'hex'))),
                       (3, p.completed_at, 'payment.completed', jsonb_build_object('amount', p.amount)),
                       (4, paid_at, 'order.paid', jsonb_build_object('total', o.total)),
                       (5, CASE WHEN p.state = 'canceled' THEN closed_at END, 'payment.canceled', '{}'),
                       (6, closed_at, 'order.' || o.state, jsonb_build_object('total', o.total))
            ) AS step (line, at, action, data)
            WHERE step.at IS NOT NULL
            UNION ALL
            SELECT 4, id, 0, created_at, 'balance.changed', 'user:' || user_id,
                   jsonb_build_object('amount', amount, 'balance', balance, 'reason', reason)
            FROM ledger_entry
        ) AS events
        WINDOW story AS (ORDER BY chapter, page, line)
    ) AS event
"""

COUNTERS = {
    "balances": """
        UPDATE "user" u SET balance = l.total
        FROM (SELECT user_id, sum(amount) AS total FROM ledger_entry GROUP BY user_id) l
        WHERE l.user_id = u.id
    """,
    "what people bought": """
        UPDATE "user" u SET bought = o.items
        FROM (
            SELECT user_id, sum(quantity) AS items FROM "order" WHERE state = 'delivered' GROUP BY user_id
        ) o
        WHERE o.user_id = u.id
    """,
    "what was sold": """
        UPDATE product p SET available = i.available, sold = i.sold
        FROM (
            SELECT product_id, count(*) FILTER (WHERE state = 'available') AS available,
                   count(*) FILTER (WHERE state = 'sold') AS sold
            FROM stock_item
            GROUP BY product_id
        ) i
        WHERE i.product_id = p.id
    """,
    "who joined": "INSERT INTO setting (key, value) VALUES ('users_joined', to_jsonb(%(users)s::bigint))",
    "sequences": """
        SELECT setval('order_id_seq', max(id)), setval('payment_id_seq', max(id)),
               setval('user_number', %(users)s),
               setval('audit_event_id_seq', (SELECT max(id) FROM audit_event))
        FROM "order"
    """,
    "the trail's lane": """
        INSERT INTO audit_lane (lane, last, seal)
        SELECT lane, last, {lane_seal} FROM (SELECT 0 AS lane, max(number) AS last FROM audit_event) AS events
    """,
}

TABLES = (
    "user", "product", "order", "payment", "stock_item", "voucher", "ledger_entry", "delivery", "audit_event",
)  # fmt: skip


def fill(url: str, size: Size, content: bytes, did: Callable[[str], None]) -> None:
    """`url` is the superuser's, who may insert without looking up references; `content` is one item's."""
    values = {
        "users": size.users,
        "products": size.products,
        "orders": size.orders,
        "items": size.items,
        "days": size.days,
        "first": FIRST_PRODUCT,
        "faithful": FAITHFUL,
        "pending": min(PENDING, size.orders // 100),
        "content": content,
        "key": seals.key(fingerprints.token()),
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("SET work_mem = '256MB'")
        with _without_indexes(connection, did):
            for name, query in {**STEPS, "audit events": TRAIL}.items():
                _run(connection, query, values)
                did(name)
        for name, query in COUNTERS.items():
            _run(connection, query, values)
            did(name)
        connection.execute("VACUUM ANALYZE")
        did("statistics")


def _run(connection: psycopg.Connection, query: str, values: dict[str, object]) -> None:
    sealed = _escaped(query).replace("{seal}", seals.EVENT).replace("{lane_seal}", seals.LANE)
    connection.execute(sealed.encode(), values)


def _escaped(query: str) -> str:
    """`%` is an operator here, except in `%(name)s`."""
    return query.replace("%", "%%").replace("%%(", "%(")


@contextmanager
def _without_indexes(connection: psycopg.Connection, did: Callable[[str], None]) -> Iterator[None]:
    """Sorting all rows once is several times faster than finding a place for each."""
    constraints = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
        ([f'"{name}"' if name in {"user", "order"} else name for name in TABLES],),
    ).fetchall()
    for table, name, _ in constraints:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) "
        "AND indexname::text NOT IN (SELECT conname::text FROM pg_constraint)",
        (list(TABLES),),
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}".encode())
    yield
    for _, definition in indexes:
        connection.execute(definition.encode())
    for table, name, definition in constraints:
        connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}".encode())
    did("indexes")

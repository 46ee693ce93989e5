"""What a large shop holds after years, as statements; filling.py runs them.

Everything is as the services would have left it, with its audit events, but for one thing: all items hold the
same, so `verify` says that one is there twice.
"""

from __future__ import annotations

Statements = dict[str, str]
_FIRST: Statements = {
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
            FROM generate_series(%(from)s::bigint, %(to)s) AS n
        ) AS made
        WHERE state <> 'pending' OR n % 250 <> 7
    """,
    "items on the shelves": """
        INSERT INTO stock_item (id, product_id, kind, content, fingerprint, state, added_at)
        SELECT %(orders)s + n, %(first)s + n % %(products)s, 'text', %(content)s,
               decode(md5('new' || n), 'hex'), 'available', now()
        FROM generate_series(1, %(items)s) AS n
    """,
    "products": """
        INSERT INTO product (id, name, category, description, price, reseller_price, created_at)
        SELECT %(first)s - 1 + n, 'Produk ' || n, CASE WHEN n % 50 > 0 THEN 'Kategori ' || n % 50 END,
               repeat('Garansi penuh. ', 10), 5000 + n * 10, CASE WHEN n % 3 = 0 THEN 4000 + n * 10 END, now()
        FROM generate_series(1, %(products)s) AS n
    """,
    "vouchers": """
        INSERT INTO voucher (code, amount, state, created_by, created_at, expires_at)
        SELECT 'GIFT' || n, 5000, 'available', 1, now(), now() + interval '30 days'
        FROM generate_series(1, 10000) AS n
    """,
}

_OF_ORDERS: Statements = {
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
        INSERT INTO stock_item (id, product_id, kind, content, fingerprint, state, order_id, added_at)
        SELECT id, product_id, 'text', %(content)s, decode(md5('sold' || id), 'hex'), 'sold', id, created_at
        FROM "order"
        WHERE state = 'delivered'
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
    "reserved items": """
        INSERT INTO stock_item (id, product_id, kind, content, fingerprint, state, order_id, added_at)
        SELECT id, product_id, 'text', %(content)s, decode(md5('held' || id), 'hex'), 'reserved', id,
               created_at
        FROM "order"
        WHERE state = 'pending'
    """,
}

_PEOPLE: Statements = {
    "people": """
        INSERT INTO "user" (id, name, username, bank_id, joined_at, seen_at, unreachable_at, is_reseller,
                            balance, bought)
        SELECT n, 'Pelanggan ' || n, 'user' || n, 100000 + n, now() - n * interval '60 s', now(),
               CASE WHEN n % 10 = 9 THEN now() END, n % 100 = 3, coalesce(l.balance, 0), coalesce(o.items, 0)
        FROM generate_series(1::bigint, %(users)s) AS n
        LEFT JOIN (SELECT user_id, sum(amount) AS balance FROM ledger_entry GROUP BY user_id) l
               ON l.user_id = n
        LEFT JOIN (
            SELECT user_id, sum(quantity) AS items FROM "order" WHERE state = 'delivered' GROUP BY user_id
        ) o ON o.user_id = n
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
}

#: One row an event. They are numbered as they come; their ids leave room for those of other slices.
_SEALED = """
    INSERT INTO audit_event (id, lane, number, at, actor, action, entity, data, correlation_id, seal)
    SELECT *, {seal}
    FROM (
        SELECT %(before)s::bigint + number AS id, %(lane)s::smallint AS lane, number, at, 'system' AS actor,
               action, entity, data, NULL AS correlation_id
        FROM (
            SELECT *, row_number() OVER () AS number FROM (
{events}
            ) AS told
        ) AS events
    ) AS event
"""

#: What happens to an order is told one after the other. All of a payment follows from its order, as above.
_EVENTS_OF_ORDERS = _SEALED.replace(
    "{events}",
    """
                SELECT step.*
                FROM (
                    SELECT *, 'order:' || invoice AS entity, state IN ('delivered', 'credited') AS completed
                    FROM "order"
                    WHERE id BETWEEN %(from)s AND %(to)s
                    ORDER BY id
                ) AS o
                CROSS JOIN LATERAL (
                    SELECT created_at AS at, 'order.placed' AS action, entity, jsonb_build_object(
                               'user', user_id, 'kind', kind, 'method', method, 'product', product_id,
                               'quantity', quantity, 'unit_price', unit_price, 'discount', discount,
                               'total', total, 'expires', expires_at, 'voucher', NULL) AS data
                    UNION ALL
                    SELECT created_at, 'payment.opened', entity, jsonb_build_object(
                               'amount', total, 'fee', 485, 'total', total + 485, 'txn', 'txn-' || id,
                               'qr', encode(sha256(convert_to(
                                   repeat('0', 150) || '|https://pay.example/' || invoice, 'UTF8')), 'hex'))
                    UNION ALL
                    SELECT closed_at, 'payment.completed', entity, jsonb_build_object('amount', total)
                    WHERE completed
                    UNION ALL
                    SELECT paid_at, 'order.paid', entity, jsonb_build_object('total', total)
                    WHERE paid_at IS NOT NULL
                    UNION ALL
                    SELECT closed_at, 'payment.canceled', entity, '{}'
                    WHERE NOT completed AND closed_at IS NOT NULL
                    UNION ALL
                    SELECT closed_at, 'order.' || state, entity, CASE state
                        WHEN 'delivered' THEN (
                            SELECT jsonb_build_object('total', total, 'goods', {item_mark}) FROM (
                                SELECT 'text' AS kind, NULL AS batch_id, NULL AS slot, NULL::bytea AS account,
                                       decode(md5('sold' || id), 'hex') AS fingerprint
                            ) AS item)
                        ELSE jsonb_build_object('total', total) END
                    WHERE closed_at IS NOT NULL
                ) AS step
    """,
)
#: At most.
EVENTS_OF_AN_ORDER = 5

_OTHER_EVENTS = _SEALED.replace(
    "{events}",
    """
                SELECT p.created_at AS at,
                       CASE n WHEN 1 THEN 'product.added' ELSE 'stock.added' END AS action,
                       'product:' || p.id AS entity,
                       CASE n WHEN 1
                           THEN jsonb_build_object('name', name, 'price', price, 'category', category)
                           ELSE jsonb_build_object('count', i.items) END AS data
                FROM product p
                JOIN (SELECT product_id, count(*) AS items FROM stock_item GROUP BY product_id) i
                  ON i.product_id = p.id
                CROSS JOIN generate_series(1, 2) AS n
                UNION ALL
                SELECT created_at, 'product.changed', 'product:' || id,
                       jsonb_build_object('after', jsonb_build_object('reseller_price', reseller_price))
                FROM product
                WHERE reseller_price IS NOT NULL
                UNION ALL
                SELECT joined_at, 'user.reseller_added', 'user:' || id, '{}' FROM "user" WHERE is_reseller
                UNION ALL
                SELECT now(), 'vouchers.created', 'user:1', jsonb_build_object('count', count(*)) FROM voucher
                UNION ALL
                SELECT created_at, 'balance.changed', 'user:' || user_id,
                       jsonb_build_object('amount', amount, 'balance', balance, 'reason', reason)
                FROM ledger_entry
    """,
)

_LAST: Statements = {
    "who joined": "INSERT INTO setting (key, value) VALUES ('users_joined', to_jsonb(%(users)s::bigint))",
    "sequences": """
        SELECT setval('order_id_seq', max(id)), setval('payment_id_seq', max(id)),
               setval('stock_item_id_seq', (SELECT max(id) FROM stock_item)),
               setval('user_number', %(users)s),
               setval('audit_event_id_seq', (SELECT max(id) FROM audit_event))
        FROM "order"
    """,
    "lanes of the trail": """
        INSERT INTO audit_lane (lane, last, seal)
        SELECT lane, last, {lane_seal}
        FROM (SELECT lane, max(number) AS last FROM audit_event GROUP BY lane) AS events
    """,
}

#: One after the other; nothing in a step asks for what the rest of it makes. Orders from `%(from)s` to
#: `%(to)s` are a slice.
STEPS: tuple[Statements, ...] = (
    _FIRST,
    {"events of orders": _EVENTS_OF_ORDERS, **_OF_ORDERS},
    _PEOPLE,
    {"other events": _OTHER_EVENTS},
    _LAST,
)

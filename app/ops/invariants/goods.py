"""Invariant 2: an item belongs to one order, a delivered order has what was bought, counters are right."""

from __future__ import annotations

from collections.abc import Iterator

from peewee import DataError

from app.infra import crypto
from app.ops.invariants.breach import Breach, find
from app.sales import history
from models import db


def orders_have_their_items() -> Iterator[Breach]:
    """Set aside while unpaid or on the way, sold when delivered, none otherwise.

    A credited order may keep sold items: part of them may have reached the buyer.
    """
    return find(
        2,
        "the order is {} and for {} items, but has {} reserved and {} sold",
        """
        SELECT o.invoice, o.state, o.quantity, coalesce(i.reserved, 0), coalesce(i.sold, 0)
        FROM "order" o
        LEFT JOIN (
            SELECT order_id,
                   count(*) FILTER (WHERE state = 'reserved') AS reserved,
                   count(*) FILTER (WHERE state = 'sold') AS sold
            FROM stock_item
            WHERE order_id IS NOT NULL
            GROUP BY order_id
        ) i ON i.order_id = o.id
        WHERE (coalesce(i.reserved, 0), coalesce(i.sold, 0)) IS DISTINCT FROM CASE
            WHEN o.kind = 'deposit' THEN (0::bigint, 0::bigint)
            WHEN o.state IN ('pending', 'paid') THEN (o.quantity::bigint, 0::bigint)
            WHEN o.state = 'delivered' THEN (0::bigint, o.quantity::bigint)
            WHEN o.state = 'credited' AND i.sold > 0 THEN (0::bigint, o.quantity::bigint)
            ELSE (0::bigint, 0::bigint)
        END
        ORDER BY o.id
        """,
    )


def items_are_of_the_product_bought() -> Iterator[Breach]:
    return find(
        2,
        "item {} is of product {}, the order is for {}",
        """
        SELECT o.invoice, s.id, s.product_id, o.product_id
        FROM stock_item s
        JOIN "order" o ON o.id = s.order_id
        WHERE s.product_id IS DISTINCT FROM o.product_id
        ORDER BY s.id
        """,
    )


def counters_match_the_shelf() -> Iterator[Breach]:
    return find(
        2,
        "counts {} {} items, but there are {}",
        """
        SELECT 'product ' || p.id, counter.counted, counter.state, counter.found
        FROM product p
        LEFT JOIN (
            SELECT product_id,
                   count(*) FILTER (WHERE state = 'available') AS available,
                   count(*) FILTER (WHERE state = 'sold') AS sold
            FROM stock_item
            GROUP BY product_id
        ) i ON i.product_id = p.id
        CROSS JOIN LATERAL (
            VALUES ('available', p.available, coalesce(i.available, 0)), ('sold', p.sold, coalesce(i.sold, 0))
        ) AS counter (state, counted, found)
        WHERE counter.counted <> counter.found
        ORDER BY p.id
        """,
    )


def copies_belong_to_orders() -> Iterator[Breach]:
    """A copy of a file that is sold to many is made for an order, and goes when that is not paid."""
    return find(
        2,
        "item {} has no fingerprint, as copies do, and no order",
        """
        SELECT 'product ' || product_id, id
        FROM stock_item
        WHERE state = 'available' AND fingerprint IS NULL
        ORDER BY id
        """,
    )


def buyers_are_counted() -> Iterator[Breach]:
    return find(
        2,
        "counts {} items bought, but there are {}",
        """
        SELECT 'user ' || u.id, u.bought, coalesce(o.items, 0)
        FROM "user" u
        LEFT JOIN (
            SELECT user_id, sum(quantity) AS items
            FROM "order"
            WHERE kind = 'purchase' AND state = 'delivered'
            GROUP BY user_id
        ) o ON o.user_id = u.id
        WHERE u.bought <> coalesce(o.items, 0)
        ORDER BY u.id
        """,
    )


def nobody_has_two_unpaid_orders() -> Iterator[Breach]:
    return find(
        2,
        "has {} unpaid orders at once",
        """
        SELECT 'user ' || user_id, count(*)
        FROM "order"
        WHERE state = 'pending'
        GROUP BY user_id
        HAVING count(*) > 1
        ORDER BY user_id
        """,
    )


def deliveries_are_not_dead() -> Iterator[Breach]:
    """Paid, and nobody is going to send the goods until somebody deals with the dead job."""
    return find(
        5,
        "paid, and its delivery has failed for good: see `dead list`",
        """
        SELECT o.invoice
        FROM "order" o
        WHERE o.state = 'paid'
          AND (
            o.id = ANY (%s::bigint[])
            OR EXISTS (
                SELECT 1 FROM dead_letter d
                WHERE d.actor = 'deliver_order' AND d.subject = o.id::text AND d.state = 'dead'
            )
          )
          AND NOT EXISTS (
            SELECT 1 FROM outbox b WHERE b.actor = 'deliver_order' AND b.args->>0 = o.id::text
          )
        ORDER BY o.id
        """,
        list(history.dead_subjects("deliver_order")),
    )


def goods_can_be_opened() -> Iterator[Breach]:
    """Of every product its oldest and newest unsold item and its file, and all that paid orders wait for."""
    rows = db.execute_sql(
        """
        SELECT 'product ' || p.id, 'its goods', i.content
        FROM product p
        CROSS JOIN LATERAL (
            (SELECT content FROM stock_item
             WHERE product_id = p.id AND state = 'available' ORDER BY id LIMIT 1)
            UNION ALL
            (SELECT content FROM stock_item
             WHERE product_id = p.id AND state = 'available' ORDER BY id DESC LIMIT 1)
            UNION ALL
            SELECT p.shared_content WHERE p.shared_kind IS NOT NULL
        ) i
        UNION ALL
        SELECT o.invoice, 'what was paid for', s.content
        FROM "order" o
        JOIN stock_item s ON s.order_id = o.id
        WHERE o.state = 'paid'
        """
    )
    locked = {(subject, what) for subject, what, content in rows.fetchall() if not crypto.opens(content)}
    for subject, what in sorted(locked):
        yield Breach(5, subject, f"none of the keys in STOCK_ENCRYPTION_KEY opens {what}")


def goods_can_be_read() -> Iterator[Breach]:
    """What Fernet makes ends with a signature, an HMAC-SHA256; PostgreSQL computes it where the goods are.

    It is not told what may be text in base64 and what not before it has to be: looking takes longer.
    """
    pads = crypto.signing_pads()
    named = {f"inner_{n}": inner for n, (inner, _) in enumerate(pads)}
    named |= {f"outer_{n}": outer for n, (_, outer) in enumerate(pads)}
    query = _UNREADABLE.replace("{signatures}", ", ".join(_signature(n) for n in range(len(pads))))
    try:
        with db.atomic():
            found = list(find(2, _CANNOT, query.replace("{is_base64}", "true"), **named))
    except DataError:
        found = list(find(2, _CANNOT, query.replace("{is_base64}", _IS_BASE64), **named))
    yield from found


_CANNOT = "none of the keys can read item {}, which is {}"
_UNREADABLE = """
    SELECT 'product ' || product_id, id, state
    FROM (
        SELECT id, product_id, state, CASE WHEN {is_base64} THEN
            decode(replace(replace(encode(content, 'escape'), '-', '+'), '_', '/'), 'base64') END AS token
        FROM stock_item
        OFFSET 0
    ) AS items
    WHERE (length(token) >= 73 AND substring(token FROM length(token) - 31) IN ({signatures})) IS NOT TRUE
    ORDER BY product_id, id
"""
_IS_BASE64 = "length(content) %% 4 = 0 AND encode(content, 'escape') ~ '^[A-Za-z0-9_-]+={0,2}$'"


def _signature(number: int) -> str:
    signed = "substring(token FROM 1 FOR length(token) - 32)"
    return f"sha256(%(outer_{number})s || sha256(%(inner_{number})s || {signed}))"


def no_goods_are_there_twice() -> Iterator[Breach]:
    """Encrypting the same twice gives two things, with two signatures at the end: equal ones were copied."""
    return find(
        2,
        "item {} is the same as item {}",
        """
        SELECT 'product ' || min(product_id), max(id), min(id)
        FROM stock_item
        WHERE fingerprint IS NOT NULL
        GROUP BY substring(content FROM length(content) - 23)
        HAVING count(*) > 1
        """,
    )


CHECKS = (
    goods_can_be_opened,
    deliveries_are_not_dead,
    goods_can_be_read,
    no_goods_are_there_twice,
    orders_have_their_items,
    items_are_of_the_product_bought,
    counters_match_the_shelf,
    copies_belong_to_orders,
    buyers_are_counted,
    nobody_has_two_unpaid_orders,
)

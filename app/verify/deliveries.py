"""Invariants 1 and 2, about the messages of goods: who has them, and that nobody got them for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app import promises
from app.verify.breach import Breach, find
from models import utcnow

#: Lines of text go out together, each file by itself: see app/goods.py.
_PARTS = """
    SELECT order_id, count(*) FILTER (WHERE kind <> 'text') + max((kind = 'text')::int) AS parts
    FROM stock_item
    WHERE state IN ('reserved', 'sold') AND order_id IS NOT NULL
    GROUP BY order_id
"""
_MESSAGES = """
    SELECT order_id, count(*) AS begun, max(part) AS last,
           count(*) FILTER (WHERE state = 'sent' AND message_id IS NOT NULL) AS sent,
           count(*) FILTER (WHERE state = 'unknown') AS unknown
    FROM delivery
    GROUP BY order_id
"""
#: What was begun may have been sent all the same. Nothing of an order goes out before it is paid.
DELIVERY_AHEAD = timedelta(hours=6)


def delivered_orders_were_sent() -> Iterator[Breach]:
    """Every part. Parts that staff or the buyer had sent a second time may be unsure again."""
    query = """
    SELECT o.invoice, i.parts, coalesce(d.sent, 0)
    FROM "order" o
    JOIN ({parts}) i ON i.order_id = o.id
    LEFT JOIN ({messages}) d ON d.order_id = o.id
    LEFT JOIN (SELECT DISTINCT entity FROM audit_event WHERE action = 'order.redelivered') r
           ON r.entity = 'order:' || o.invoice
    WHERE o.state = 'delivered' AND o.kind = 'purchase'
      AND coalesce(d.sent, 0) + CASE WHEN r.entity IS NULL THEN 0 ELSE coalesce(d.unknown, 0) END < i.parts
    ORDER BY o.id
    """
    return find(1, "the order is delivered, in {} messages, but only {} were surely sent", _fill(query))


def nothing_is_sent_unpaid() -> Iterator[Breach]:
    return find(
        1,
        "goods went out to the buyer, but the order is {}",
        """
        SELECT DISTINCT o.invoice, o.state
        FROM delivery d
        JOIN "order" o ON o.id = d.order_id
        WHERE o.state IN ('pending', 'expired', 'canceled')
        ORDER BY o.invoice
        """,
    )


def credited_orders_were_not_sent() -> Iterator[Breach]:
    """A part of the goods may have gone out before somebody gave the money back, not all of them."""
    query = """
    SELECT o.invoice, o.total, i.parts
    FROM "order" o
    JOIN ({parts}) i ON i.order_id = o.id
    JOIN ({messages}) d ON d.order_id = o.id
    WHERE o.state = 'credited' AND d.sent >= i.parts
    ORDER BY o.id
    """
    return find(
        1, "the order is credited with {}, but all {} messages with its goods were sent", _fill(query)
    )


def goods_are_kept_that_were_sent() -> Iterator[Breach]:
    """What may have reached a buyer is never sold again."""
    return find(
        2,
        "its goods went out, the order is {}, and it keeps none of them",
        """
        SELECT DISTINCT o.invoice, o.state
        FROM delivery d
        JOIN "order" o ON o.id = d.order_id
        LEFT JOIN stock_item i ON i.order_id = o.id
        WHERE o.state = 'credited' AND i.id IS NULL
        ORDER BY o.invoice
        """,
    )


def deliveries_come_soon() -> Iterator[Breach]:
    """By at least one of the jobs that wait; dead ones count as in hand elsewhere."""
    return find(
        1,
        "the order is paid, but its delivery is due only at {:%Y-%m-%d %H:%M:%S} UTC",
        """
        SELECT o.invoice, min(b.due_at)
        FROM "order" o
        JOIN outbox b ON b.actor = 'deliver_order' AND b.args->>0 = o.id::text
        WHERE o.state = 'paid' AND o.id <> ALL (%s::bigint[])
        GROUP BY o.id, o.invoice
        HAVING min(b.due_at) > %s
        ORDER BY o.id
        """,
        list(promises.dead_subjects("deliver_order")),
        utcnow() + DELIVERY_AHEAD,
    )


def _fill(query: str) -> str:
    return query.replace("{parts}", _PARTS).replace("{messages}", _MESSAGES)


CHECKS = (
    delivered_orders_were_sent,
    nothing_is_sent_unpaid,
    credited_orders_were_not_sent,
    goods_are_kept_that_were_sent,
    deliveries_come_soon,
)

"""Invariants 1 and 4, about the gateway's side: what is open is looked at, and is what the gateway opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import settings
from app.ops.invariants.breach import Breach, find
from models import utcnow

#: A look may be late by this much, and a payment that the gateway ended may outlive it before its order ends.
PATIENCE = timedelta(minutes=5)
#: The next look at an open QR is planned a minute ahead; at a watched one a day at most, for two days.
NEXT_LOOK, NEXT_WATCH, WATCH = timedelta(minutes=15), timedelta(hours=25), timedelta(hours=49)
#: No deadline is further away.
LONGEST = timedelta(days=1)


def qris_orders_have_a_payment() -> Iterator[Breach]:
    return find(
        1,
        "the order is {} by {} for {}, and has {} payment",
        """
        SELECT o.invoice, o.state, o.method, o.total, CASE WHEN p.id IS NULL THEN 'no' ELSE 'a' END
        FROM "order" o
        LEFT JOIN payment p ON p.order_id = o.id
        WHERE (p.id IS NOT NULL) <> (o.method = 'qris')
          AND NOT (p.id IS NULL AND o.state IN ('paid', 'delivered', 'credited'))
        ORDER BY o.id
        """,
    )


def unpaid_orders_can_be_paid() -> Iterator[Breach]:
    """A payment that the gateway has just ended ends its order in a moment."""
    return find(
        1,
        "the order is unpaid and open, but its payment is {}",
        """
        SELECT o.invoice, p.state
        FROM "order" o
        JOIN payment p ON p.order_id = o.id
        LEFT JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'payment.' || p.state
                               AND e.at > %s
        WHERE o.state = 'pending' AND p.state IN ('canceled', 'refused', 'lapsed') AND e.id IS NULL
        ORDER BY o.id
        """,
        utcnow() - PATIENCE,
    )


def deadlines_are_near() -> Iterator[Breach]:
    longest = max(LONGEST, timedelta(seconds=settings.current().payment_expiry_seconds))
    return find(
        4,
        "unpaid, and its deadline is only at {:%Y-%m-%d %H:%M:%S} UTC",
        """
        SELECT o.invoice, o.expires_at
        FROM "order" o
        LEFT JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'order.placed'
        WHERE o.state = 'pending'
          AND (o.expires_at IS NULL OR o.expires_at > %s
               OR o.expires_at <> (e.data->>'expires')::timestamptz)
        ORDER BY o.id
        """,
        utcnow() + longest,
    )


def open_payments_are_looked_at() -> Iterator[Breach]:
    now = utcnow()
    return find(
        4,
        "its QR is open, and the next look at it is {}",
        """
        SELECT o.invoice, coalesce(to_char(p.next_check_at, '"at "YYYY-MM-DD HH24:MI:SS" UTC"'), 'never')
        FROM "order" o
        JOIN payment p ON p.order_id = o.id
        WHERE o.state = 'pending' AND p.state = 'open'
          AND (p.next_check_at IS NULL OR p.next_check_at NOT BETWEEN %s AND %s)
        ORDER BY o.id
        """,
        now - PATIENCE,
        now + NEXT_LOOK,
    )


def watches_come_due() -> Iterator[Breach]:
    """Who is watched at all: see money.py."""
    now = utcnow()
    return find(
        4,
        "its payment is watched until {:%Y-%m-%d %H:%M:%S} UTC, the next look is at {:%Y-%m-%d %H:%M:%S} UTC",
        """
        SELECT o.invoice, p.watch_until, p.next_check_at
        FROM payment p
        JOIN "order" o ON o.id = p.order_id
        WHERE o.state IN ('expired', 'canceled') AND p.state = 'open'
          AND (p.next_check_at NOT BETWEEN %s AND %s OR p.watch_until > %s)
        ORDER BY o.id
        """,
        now - PATIENCE,
        now + NEXT_WATCH,
        now + WATCH,
    )


def payments_are_what_the_gateway_opened() -> Iterator[Breach]:
    """Another QR would lead the buyer's money elsewhere. Older events tell only fee and total."""
    return find(
        6,
        "{} is not what the audit event payment.opened says",
        """
        SELECT o.invoice, CASE
            WHEN (p.fee, p.total) IS DISTINCT FROM (e.fee, e.total) THEN 'what its QR asks for, or the fee,'
            WHEN p.txn_id <> e.txn THEN 'its transaction'
            ELSE 'its QR' END
        FROM payment p
        JOIN "order" o ON o.id = p.order_id
        JOIN (
            SELECT entity, (data->>'fee')::bigint AS fee, (data->>'total')::bigint AS total,
                   data->>'txn' AS txn, data->>'qr' AS qr
            FROM audit_event
            WHERE action = 'payment.opened'
        ) e ON e.entity = 'order:' || o.invoice
        WHERE (p.fee, p.total, coalesce(e.txn, p.txn_id)) IS DISTINCT FROM (e.fee, e.total, p.txn_id)
           OR p.state = 'open'
              AND encode(sha256(convert_to(p.qr_string || '|' || p.page_url, 'UTF8')), 'hex') <> e.qr
        ORDER BY o.id
        """,
    )


def completed_payments_are_what_was_told() -> Iterator[Breach]:
    """What the gateway confirmed, or an operator accepted instead."""
    return find(
        6,
        "its payment is completed with {}, but the audit event payment.completed says {}",
        """
        SELECT o.invoice, coalesce(p.accepted, p.amount), e.data->>'amount'
        FROM payment p
        JOIN "order" o ON o.id = p.order_id
        JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'payment.completed'
        WHERE p.state = 'completed' AND coalesce(p.accepted, p.amount) <> (e.data->>'amount')::bigint
        ORDER BY o.id
        """,
    )


def verdicts_are_audited() -> Iterator[Breach]:
    return find(
        6,
        "what contradicts its payment is called {}, and no audit event payment.{} says so",
        """
        SELECT o.invoice, c.verdict, c.verdict
        FROM contradiction c
        JOIN "order" o ON o.id = c.order_id
        LEFT JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'payment.' || c.verdict
        WHERE c.verdict IS NOT NULL AND e.id IS NULL
        ORDER BY o.id
        """,
    )


def payment_states_are_audited() -> Iterator[Breach]:
    """Completed ones: see trail.py. Those that were given up before events told of it had no transaction."""
    return find(
        6,
        "its payment is {}, and no audit event payment.{} says so",
        """
        SELECT o.invoice, p.state, CASE p.state WHEN 'open' THEN 'opened' ELSE p.state END
        FROM payment p
        JOIN "order" o ON o.id = p.order_id
        WHERE p.state IN ('open', 'canceled', 'lapsed')
          AND NOT EXISTS (
              SELECT 1
              FROM audit_event e
              WHERE e.action IN ('payment.opened', 'payment.canceled', 'payment.lapsed')
                AND e.entity = CASE WHEN p.state = 'lapsed' THEN 'payment:' || p.id
                                    ELSE 'order:' || o.invoice END
                AND e.action = 'payment.' || CASE p.state WHEN 'open' THEN 'opened' ELSE p.state END
          )
        ORDER BY o.id
        """,
    )


CHECKS = (
    qris_orders_have_a_payment,
    unpaid_orders_can_be_paid,
    deadlines_are_near,
    open_payments_are_looked_at,
    watches_come_due,
    payments_are_what_the_gateway_opened,
    completed_payments_are_what_was_told,
    verdicts_are_audited,
    payment_states_are_audited,
)

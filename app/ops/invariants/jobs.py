"""Invariant 4: a promised job is done, waiting, or a dead letter that an operator can see and retry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import settings
from app.ops.invariants.breach import Breach, find
from app.sales import history
from models import utcnow

#: The sweep brings lost jobs back within seconds; what is late by this much has been lost all the same.
JOB_PATIENCE = timedelta(minutes=2)
#: An order may outlive its deadline by two minutes while the gateway cannot be asked, and a little.
ORDER_PATIENCE = timedelta(minutes=3)

LATEST = timedelta(hours=49)


def jobs_are_done_in_time() -> Iterator[Breach]:
    return find(
        4,
        "{} was due at {:%Y-%m-%d %H:%M:%S} UTC and is neither done nor dead",
        "SELECT 'job ' || id, actor, due_at FROM outbox WHERE due_at < %s ORDER BY due_at",
        utcnow() - JOB_PATIENCE,
    )


def jobs_come_due() -> Iterator[Breach]:
    """Nothing is promised for later than a watch lasts."""
    return find(
        4,
        "{} is due only at {:%Y-%m-%d %H:%M:%S} UTC",
        "SELECT 'job ' || id, actor, due_at FROM outbox WHERE due_at > %s ORDER BY due_at",
        utcnow() + max(LATEST, timedelta(seconds=settings.current().payment_expiry_seconds)),
    )


def orders_end_at_their_deadline() -> Iterator[Breach]:
    return find(
        4,
        "still unpaid and open, its deadline was {:%Y-%m-%d %H:%M:%S} UTC",
        """
        SELECT invoice, expires_at
        FROM "order"
        WHERE state = 'pending' AND expires_at < %s
        ORDER BY expires_at
        """,
        utcnow() - ORDER_PATIENCE,
    )


def unopened_payments_are_being_opened() -> Iterator[Breach]:
    return find(
        4,
        "waits for a QR that nobody is going to ask for",
        """
        SELECT o.invoice
        FROM "order" o
        JOIN payment p ON p.order_id = o.id
        WHERE o.state = 'pending' AND p.state = 'opening' AND o.id <> ALL (%s::bigint[])
          AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.actor = 'open_payment' AND b.args->>0 = o.id::text)
        ORDER BY o.id
        """,
        list(history.dead_subjects("open_payment")),
    )


def batches_are_being_added() -> Iterator[Breach]:
    return find(
        4,
        "has {} of {} lines left that nobody is going to add to product {}",
        """
        SELECT 'batch ' || s.id, s.total - s.done, s.total, s.product_id
        FROM stock_batch s
        WHERE s.state = 'adding' AND s.id <> ALL (%s::bigint[])
          AND NOT EXISTS (
            SELECT 1 FROM outbox b WHERE b.actor = 'add_stock_batch' AND b.args->>0 = s.id::text
          )
        ORDER BY s.id
        """,
        list(history.dead_subjects("add_stock_batch")),
    )


def dead_letters_can_be_read() -> Iterator[Breach]:
    for letter_id in history.unreadable():
        yield Breach(4, f"dead job {letter_id}", "none of the keys can read its arguments")


CHECKS = (
    jobs_are_done_in_time,
    jobs_come_due,
    orders_end_at_their_deadline,
    unopened_payments_are_being_opened,
    batches_are_being_added,
    dead_letters_can_be_read,
)

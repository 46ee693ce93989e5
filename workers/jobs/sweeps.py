"""What the clock sends: find rows that are due and start one job for each."""

from __future__ import annotations

from datetime import timedelta

from app.backoffice import failures, measures, retention
from app.catalogue import locked_products
from app.infra.queue import lanes, outbox
from app.people import notices
from app.sales import orders, payments
from workers.jobs.orders import DOUBT, expire_order
from workers.jobs.payments import check_payment
from workers.policies import patient, send_once

#: Past this, an order's own expiry job must have been lost.
_LOST = DOUBT + timedelta(minutes=1)


@patient
def sweep_outbox() -> None:
    """Promised jobs that Redis has lost."""
    outbox.sweep()


@patient
def expire_orders() -> None:
    for order in orders.overdue(_LOST):
        send_once(expire_order, order.id)


@patient
def check_payments() -> None:
    for order_id in payments.claim_due():
        send_once(check_payment, order_id, False, queue=lanes.WATCH)


@patient
def report_failures() -> None:
    """Also promised by each job that failed for good; this finds those whose time to be told has come."""
    failures.report()


@patient
def measure() -> None:
    measures.take()


@patient
def check_locks() -> None:
    """Whether what is on the shelf can be opened, and what was not can be again."""
    locked_products.check()


@patient
def report_expired() -> None:
    notices.report_expired()


@patient
def prune() -> None:
    retention.prune()

"""Payments: ask the gateway, and let app/payments decide what its answer means."""

from __future__ import annotations

from datetime import timedelta

import structlog

from app import checks, notices, orders, payments, transactions
from app.clients import pakasir
from app.errors import AlreadyCompleted, ClientError, Flood, Malformed, NotFound, Refused, Unreachable
from app.infra import outbox
from app.infra.retries import Later
from models import Order, Payment, utcnow
from workers.policies import patient

log = structlog.get_logger()

#: How long a buyer watches "preparing" before the shop gives up on a silent gateway, which is asked twice
#: at least: in a rush an order may have waited longer than this for its turn.
PATIENCE = timedelta(seconds=20)


@patient
def open_payment(order_id: int) -> None:
    """Get the order its QR. Repeating is safe: the gateway finds what it created before."""
    order = orders.get(order_id)
    payment = payments.of_order(order_id)
    if order.state != Order.PENDING or payment is None or payment.state != Payment.OPENING:
        return
    try:
        answer = pakasir.client().open(order.invoice, order.total)
    except (Unreachable, NotFound) as error:
        tries = checks.tried_to_open(order_id)
        if tries < 2 or utcnow() - order.created_at < PATIENCE:
            raise Later(1_000) from error
        give_up(order, error)
    except (Refused, Malformed) as error:
        give_up(order, error)
    else:
        payments.opened(order_id, answer)


def give_up(order: Order, error: ClientError) -> None:
    log.error("gateway gave no QR", invoice=order.invoice, error=str(error))
    with transactions.atomic():
        orders.undo(order.id, "gateway")
        notices.alarm("gateway_down", invoice=order.invoice)


@patient
def settle_payment(invoice: str, txn_id: str | None) -> None:
    """The gateway says that this invoice was paid: a hint, so ask it, until it answers."""
    order = orders.by_invoice(invoice)
    payment = payments.of_order(order.id) if order else None
    if order is None or payment is None:
        log.warning("notification for an unknown order", invoice=invoice)
        return
    if txn_id and payment.txn_id and txn_id != payment.txn_id:
        log.warning("notification names another transaction", invoice=invoice)
    if payment.state == Payment.OPENING:
        raise Later(1_000)  # the answer that names the transaction is still on its way
    if payment.txn_id is None:
        # That answer never came and the order was given up, yet it was paid: the gateway finds what it made.
        payments.opened(order.id, pakasir.client().open(order.invoice, order.total))
    if ask_and_settle(order) not in payments.SETTLED:
        checks.soon(order.id)


@patient
def check_payment(order_id: int, show: bool) -> None:
    """Look whether an open payment was made, and try again to end one whose order has ended.

    A gateway that cannot answer is no failure: the next look is planned already.
    """
    order = orders.get(order_id)
    try:
        outcome = ask_and_settle(order)
        if outcome == payments.UNPAID and order.state != Order.PENDING:
            cancel(order)
    except Flood:
        raise
    except ClientError as error:
        log.warning("payment could not be checked", invoice=order.invoice, error=str(error))
        return
    if show and outcome == payments.UNPAID:
        with transactions.atomic():
            outbox.add("show_checked", order_id)


@patient
def cancel_payment(order_id: int) -> None:
    """End a payment at the gateway after its order has ended here. The 48 h watch stands behind this."""
    order = orders.get(order_id)
    try:
        cancel(order)
    except Flood:
        raise
    except ClientError as error:
        log.warning("payment could not be canceled", invoice=order.invoice, error=str(error))


def ask_and_settle(order: Order) -> str:
    """The outcome of settling by the gateway's own word. Raises ClientErrors."""
    payment = payments.of_order(order.id)
    if payment is None or payment.txn_id is None:
        return payments.UNPAID
    if payment.state == Payment.COMPLETED:
        return payments.KNOWN
    status = pakasir.client().status(payment.txn_id, order.invoice, payment.amount)
    if status.status == "canceled":
        payments.canceled(order.id)
        orders.expire(order.id)
    return payments.settle(order.id, status)


def cancel(order: Order) -> None:
    """Make the QR unpayable, or settle if it was paid first. Raises ClientErrors."""
    payment = payments.of_order(order.id)
    if payment is None or payment.state != Payment.OPEN or payment.txn_id is None:
        return
    try:
        pakasir.client().cancel(payment.txn_id, order.invoice, payment.amount)
    except AlreadyCompleted:
        ask_and_settle(order)
    else:
        payments.canceled(order.id)

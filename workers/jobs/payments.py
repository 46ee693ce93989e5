"""Payments: ask the gateway, and let app/sales/settlement.py decide what its answer means."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from app import audit
from app.clients import pakasir, telegram
from app.clients.pakasir_answers import COMPLETED, Opened
from app.clients.pakasir_http import BRIEF_S
from app.errors import ClientError, Flood, Malformed, NotFound, Refused, Unreachable
from app.infra import transactions
from app.infra.queue import outbox
from app.infra.queue.retries import Later
from app.people import trust
from app.sales import contradictions, orders, payments, settlement, strays
from models import Order, Payment, utcnow
from workers import own_name
from workers.jobs import deliveries
from workers.policies import patient

log = structlog.get_logger()

#: How long a buyer watches "preparing" from the first try that a silent gateway leaves without an answer; it
#: is asked twice at least. In a rush an order may have waited long for that first try.
PATIENCE = timedelta(seconds=10)
#: After so long they are told why it takes so long: the first try ends then. In a rush one try of every
#: order falls into so long after that, since nobody stands in line for more than three seconds at once.
BRIEF, IN_LINE = timedelta(seconds=BRIEF_S), timedelta(seconds=3.5)


@patient
def open_payment(order_id: int) -> None:
    """Get the order its QR. Repeating is safe: the gateway finds what it created before."""
    order = orders.get(order_id)
    payment = payments.of_order(order_id)
    if payment is None or payment.state != Payment.OPENING:
        return
    asked_at = utcnow()
    try:
        yields = trust.leaves_unpaid(order.user_id)
        with _calling(order, "create"):
            answer = pakasir.client().open(
                order.invoice, order.total, yields=yields, timeout_s=_left_s(payment, asked_at)
            )
        settlement.note_opened(order_id, _leading_back(answer))
    except (Unreachable, NotFound) as error:
        tries, silence = payments.count_unanswered(order_id, asked_at)
        if tries < 2 or silence < PATIENCE:
            if tries == 1:
                payments.tell_slow(order_id)
            raise Later(1_000) from error
        give_up(order, error)
    except Flood as wait:
        if _should_hear_now(order, timedelta(seconds=wait.retry_after_s)):
            payments.tell_slow(order_id)
        raise
    except (Refused, Malformed) as error:
        give_up(order, error)


def _should_hear_now(order: Order, wait: timedelta) -> bool:
    """Whether this is the try to tell why it takes so long. Also when the next one comes too late for that,
    as the gateway has asked for a long pause."""
    age: timedelta = utcnow() - order.created_at
    return BRIEF <= age < BRIEF + IN_LINE or age < BRIEF + IN_LINE <= age + wait


def _leading_back(answer: Opened) -> Opened:
    """To the bot, if Telegram says what it is called: without it the page is as good to pay on."""
    name = own_name.if_told(telegram.client())
    return answer.leading_back(f"https://t.me/{name}") if name else answer


def _left_s(payment: Payment, now: datetime) -> float:
    """How long this try may take: the first is brief, then it is what is left of the buyer's patience."""
    if payment.unanswered_since is None:
        return BRIEF_S
    left: timedelta = payment.unanswered_since + PATIENCE - now
    return max(BRIEF_S + 1, left.total_seconds())


def give_up(order: Order, error: ClientError) -> None:
    log.error("gateway gave no QR", invoice=order.invoice, error=str(error))
    settlement.cancel_without_qr(order.id, Order.NO_QR)


@patient
def settle_payment(invoice: str, txn_id: str | None, signed: bool = False) -> None:
    """The gateway says that this invoice was paid: a hint, so ask it, until it answers.

    Who names a transaction had the secret, as had who is said to have `signed`: what they tell of and we
    cannot place is told to the admins. What anybody may have sent is not.
    """
    payment = payments.by_invoice(invoice)
    if payment is None:
        log.warning("notification for an unknown order", invoice=invoice)
        if signed or txn_id:
            strays.note(invoice, txn_id)
        return
    if payment.state == Payment.OPENING:
        raise Later(1_000)  # the answer that names the transaction is still on its way
    order = payment.order
    if payment.txn_id is None:
        # That answer never came and the order was given up, yet it was paid: the gateway finds what it made.
        with _calling(order, "create"):
            answer = pakasir.client().open(order.invoice, order.total)
        settlement.note_opened(order.id, answer)
        payment.txn_id = answer.txn_id
    if txn_id and txn_id != payment.txn_id:
        log.warning("notification names another transaction", invoice=invoice)
        strays.note(invoice, txn_id)
    with outbox.goods_first():
        outcome = _settle_and_deliver(order, payment)
    if outcome not in settlement.SETTLED:
        payments.check_soon(order.id)


def _settle_and_deliver(order: Order, payment: Payment) -> str:
    delivery_id = deliveries.at_once()
    try:
        outcome = ask_and_settle(order, payment, delivery_id)
    except Malformed:  # the admins were told
        return settlement.MISMATCH
    if delivery_id and outcome in {settlement.PAID, settlement.LATE_PAID}:
        deliveries.deliver_at_once(order, delivery_id)
    return outcome


@patient
def look_at_stray(stray_id: int) -> None:
    """What does the gateway know of a payment that fits no order? For whoever decides about it."""
    stray = strays.get(stray_id)
    if not stray.txn_id or stray.outcome:
        return  # without a transaction there is nothing to ask about
    try:
        status = pakasir.client().status(stray.txn_id, stray.invoice, 0)
    except (NotFound, Refused, Malformed) as error:
        strays.note_answer(stray_id, {"problem": str(error)})
    else:
        strays.note_answer(stray_id, contradictions.as_said(status))


@patient
def check_payment(order_id: int, show: bool, page_id: int | None = None) -> None:
    """Look whether an open payment was made, and try again to end one whose order has ended.

    `show`: tell that it was looked for in vain, under the QR or in the order's page that was pressed.

    A gateway that cannot answer is no failure: the next look is planned already.
    """
    order = orders.get(order_id)
    try:
        outcome = ask_and_settle(order, payments.of_order(order_id))
        if order.state != Order.PENDING:
            cancel(order)
    except Flood:
        raise
    except ClientError as error:
        log.warning("payment could not be checked", invoice=order.invoice, error=str(error))
        return
    if show and (page_id or outcome == settlement.UNPAID):
        with transactions.atomic():
            outbox.add("show_checked", order_id, *([page_id] if page_id else []))


@patient
def cancel_payment(order_id: int) -> None:
    """Have a payment canceled at the gateway after its order has ended here. The watch stands behind this."""
    order = orders.get(order_id)
    try:
        cancel(order)
    except Flood:
        raise
    except ClientError as error:
        log.warning("payment could not be canceled", invoice=order.invoice, error=str(error))


def ask_and_settle(order: Order, payment: Payment | None, delivery_id: UUID | None = None) -> str:
    """The outcome of settling by the gateway's own word. Raises ClientErrors; Malformed has been told.

    `delivery_id`: see settlement.settle.
    """
    if payment is None or payment.txn_id is None:
        return settlement.UNPAID
    if payment.state == Payment.COMPLETED:
        return settlement.KNOWN
    try:
        with _calling(order, "status") as call:
            call.moves = False  # unless it says so
            status = pakasir.client().status(payment.txn_id, order.invoice, payment.amount)
            call.moves = status.status == COMPLETED
    except Malformed as error:
        settlement.note_unreadable(order.id, str(error))
        raise
    return settlement.settle(order.id, status, delivery_id)


def cancel(order: Order) -> None:
    """Ask for the QR to be made unpayable. Any answer, however it reads, only means that the status is to be
    asked again, in a while. Raises Flood and Unreachable: then perhaps nobody was asked."""
    payment = payments.of_order(order.id)
    if payment is None or payment.state != Payment.OPEN or payment.txn_id is None:
        return
    try:
        with _calling(order, "cancel"):
            pakasir.client().cancel(payment.txn_id, order.invoice, payment.amount)
    except (Refused, NotFound, Malformed) as error:
        log.warning("cancellation refused", invoice=order.invoice, error=str(error))
    payments.note_cancel_asked(order.id)


def _calling(order: Order, call: str) -> AbstractContextManager[audit.Call]:
    return audit.calling("payment.call", f"order:{order.invoice}", call)

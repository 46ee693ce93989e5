"""Payments: what the gateway said, compared and booked. The gateway itself is called by workers.

`settle` is the only place that believes the gateway, whoever asked it and whatever it says. Before any word
counts, it must be about our transaction, order and amount, of a project that may be a sandbox or not:

    the gateway says      do
    something else        contradicts: nothing is booked, admins are told once, and decide (accept, refuse)
    completed             pending purchase: paid, the reserved goods go out
                          pending deposit: credited
                          expired, canceled: late; paid if LATE_PAYMENT=deliver and stock and voucher can be
                          taken again, else what was paid (the base amount) is credited; a voucher counts once
                          payment completed: nothing, it was booked before
    canceled              the order ends, if it has not; looked at again after 10 minutes and 24 hours
    pending               nothing, unless it was called canceled before: then it is watched anew

An operator who accepts a contradicting payment makes the order count as paid, whatever the amount. Goods go
out as for any payment; where money becomes balance, it is what was really paid; what was paid beyond the
price becomes balance too.
"""

from __future__ import annotations

import structlog

import settings
from app import audit
from app.catalogue import stock
from app.clients.pakasir_answers import CANCELED, COMPLETED, PENDING, Opened, Status
from app.errors import AmountOutOfRange, NothingToDecide, OutOfStock
from app.infra import transactions
from app.infra.queue import outbox
from app.money import QRIS_MOST
from app.people import notices
from app.sales import checks, contradictions, orders, strays, vouchers, wallet
from models import Contradiction, Order, Payment, utcnow

log = structlog.get_logger()

#: Outcomes of `settle`.
PAID, LATE_PAID, CREDITED, LATE_CREDITED = "paid", "late_paid", "credited", "late_credited"
KNOWN, UNPAID, ENDED, MISMATCH = "known", "unpaid", "ended", "mismatch"
SETTLED = {PAID, LATE_PAID, CREDITED, LATE_CREDITED, KNOWN}


def of_order(order_id: int) -> Payment | None:
    """None for an order that the balance paid."""
    payment: Payment | None = Payment.get_or_none(Payment.order == order_id)
    return payment


def by_invoice(invoice: str) -> Payment | None:
    """A payment read with its order; None as above, and for an order that we do not have."""
    payment: Payment | None = (
        Payment.select(Payment, Order).join(Order).where(Order.invoice == invoice).first()
    )
    return payment


def opened(order_id: int, answer: Opened) -> Order:
    """The gateway made a QR: show it, or have it canceled if the order ended meanwhile."""
    with transactions.atomic():
        order = orders.lock(order_id)
        payment = _lock(order_id)
        if payment.txn_id:
            return order
        now = utcnow()
        Payment.update(
            state=Payment.OPEN,
            txn_id=answer.txn_id,
            fee=answer.fee,
            total=answer.total,
            qr_string=answer.qr_string,
            page_url=answer.payment_url,
            opened_at=now,
            checks=0,
            next_check_at=checks.first(now),
        ).where(Payment.id == payment.id).execute()
        audit.record(
            "payment.opened", f"order:{order.invoice}", amount=payment.amount, fee=answer.fee,
            total=answer.total, txn=answer.txn_id, qr=audit.digest(answer.qr_string, answer.payment_url),
        )  # fmt: skip
        if answer.status != PENDING:  # found, and over already
            outbox.add("check_payment", order.id, False)
        elif order.state == Order.PENDING:
            outbox.add("send_qr", order.id)
        else:
            checks.watch(payment)
            outbox.add("cancel_payment", order.id)
        return order


def settle(order_id: int, status: Status) -> str:
    """Do what the table says, once; returns one of the outcomes above."""
    with transactions.atomic():
        order = orders.lock(order_id)
        payment = _lock(order_id)
        if payment.state == Payment.COMPLETED:
            return KNOWN
        differs = _differences(order, payment, status)
        if differs:
            contradictions.note(order, differs, contradictions.as_said(status))
            return MISMATCH
        contradictions.agreed(order, status.status)
        if status.status == COMPLETED:
            _complete(order, payment)
            return _book(order, order.total)
        return _end(order, payment) if status.status == CANCELED else _go_on(order, payment)


def unreadable(order_id: int, problem: str) -> None:
    """The gateway's answer about a payment could not be read: as good as a contradiction."""
    with transactions.atomic():
        order = orders.lock(order_id)
        if _lock(order_id).state != Payment.COMPLETED:
            contradictions.note(order, [contradictions.UNREADABLE], {"problem": problem})


def accept(order_id: int, amount: int, *, why: str) -> Order:
    """An operator takes a payment that contradicts for the order's: `amount` rupiah, without the fee.

    Raises NothingToDecide, AmountOutOfRange, NotYours, StrayEnded.
    """
    if not 1 <= amount <= QRIS_MOST:
        raise AmountOutOfRange(amount, 1, QRIS_MOST, "booking")
    with transactions.atomic():
        order = orders.lock(order_id)
        payment = _decidable(order)
        contradictions.decide(order, Contradiction.ACCEPTED, why)
        if payment.state == Payment.COMPLETED:  # it has been booked, and the goods may be on their way
            raise NothingToDecide(Contradiction.AGREED)
        strays.accepted(order, why)
        _complete(order, payment, accepted=amount)
        _book(order, amount)
        return order


def refuse(order_id: int, *, why: str) -> Order:
    """An operator decides that a contradicting payment is none: an unpaid order ends and its buyer is told.

    What the gateway holds stays there. Raises NothingToDecide, NotYours.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        _decidable(order)
        contradictions.decide(order, Contradiction.REFUSED, why)
        if order.state == Order.PENDING:
            orders.cancel_by_operator(order.id, note=why)
        return order


def _decidable(order: Order) -> Payment:
    if order.method != Order.QRIS:
        raise NothingToDecide(None)
    return _lock(order.id)


def _differences(order: Order, payment: Payment, status: Status) -> list[str]:
    """What the gateway says otherwise than we know it."""
    conf = settings.current()
    sandbox_is_wrong = status.is_sandbox is True and not conf.pakasir_sandbox
    unsaid_is_wrong = status.is_sandbox is None and conf.pakasir_api_version != 1
    wrong = {
        "txn_id": status.txn_id != payment.txn_id,
        "order_id": status.invoice != order.invoice,
        "amount": status.amount != payment.amount,
        "is_sandbox": sandbox_is_wrong or unsaid_is_wrong,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _complete(order: Order, payment: Payment, accepted: int | None = None) -> None:
    Payment.update(
        state=Payment.COMPLETED,
        completed_at=utcnow(),
        accepted=accepted,
        next_check_at=None,
        watch_until=None,
    ).where(Payment.id == payment.id).execute()
    amount = payment.amount if accepted is None else accepted
    audit.record("payment.completed", f"order:{order.invoice}", amount=amount)


def _book(order: Order, received: int) -> str:
    """`received` is what was really paid, in rupiah."""
    if order.state == Order.PENDING:
        if order.kind == Order.DEPOSIT:
            orders.credit_payment(order, "deposit", received)
            outbox.add("show_paid", order.id)
            notices.to_admins("deposit_new", order_id=order.id)
            return CREDITED
        _pay(order, received, reason=None)
        return PAID
    if order.kind == Order.PURCHASE and _take_again(order):
        _pay(order, received, reason="late")
        return LATE_PAID
    orders.credit_payment(order, "late", received)
    outbox.add("send_notice", order.user_id, "late_credited", {"order_id": order.id})
    notices.to_admins("order_late_credited", order_id=order.id)
    return LATE_CREDITED


def _pay(order: Order, received: int, reason: str | None) -> None:
    orders.paid(order, reason=reason)
    if received > order.total:
        wallet.post(order.user_id, received - order.total, f"order:{order.invoice}:excess")


def _take_again(order: Order) -> bool:
    """The goods, and the voucher that was freed meanwhile: without it too little was paid for them."""
    if settings.current().late_payment != "deliver":
        return False
    assert order.product_id is not None
    if not vouchers.take_again(order):
        return False
    try:
        stock.reserve(order.product_id, order.quantity, order.id)
    except OutOfStock:
        vouchers.free(order)
        return False
    return True


def _end(order: Order, payment: Payment) -> str:
    """The gateway says that nobody can pay any more."""
    if payment.state != Payment.CANCELED:
        Payment.update(state=Payment.CANCELED).where(Payment.id == payment.id).execute()
        checks.confirm(payment)
        audit.record("payment.canceled", f"order:{order.invoice}")
    orders.expire(order.id)
    return ENDED


def _go_on(order: Order, payment: Payment) -> str:
    """Not paid yet. If the gateway had called it canceled, it takes that back."""
    if payment.state == Payment.CANCELED:
        log.warning("the gateway took a cancellation back", invoice=order.invoice)
        Payment.update(state=Payment.OPEN).where(Payment.id == payment.id).execute()
        checks.watch(payment)
        outbox.add("cancel_payment", order.id)
        audit.record("payment.reopened", f"order:{order.invoice}")
    return UNPAID


def _lock(order_id: int) -> Payment:
    return Payment.select().where(Payment.order == order_id).for_update(transactions.LOCK).get()

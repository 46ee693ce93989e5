"""Payments: what the gateway said, compared and booked. The gateway itself is called by workers.

`settle` is the only way money comes in, whoever noticed it. It compares before it writes:

    order                 gateway says completed, amounts agree
    pending purchase      paid; the reserved goods go out
    pending deposit       credited
    expired, canceled     late: paid if LATE_PAYMENT=deliver and stock and voucher can be taken again,
                          else what was paid (the base amount) is credited; a voucher counts once
    payment completed     nothing, it was booked before
"""

from __future__ import annotations

import structlog

import settings
from app import audit, checks, notices, orders, stock, transactions, vouchers
from app.clients.pakasir_answers import COMPLETED, PENDING, Opened, Status
from app.errors import OutOfStock
from app.infra import outbox
from models import Order, Payment, utcnow

log = structlog.get_logger()

#: Outcomes of `settle`.
PAID, LATE_PAID, CREDITED, LATE_CREDITED = "paid", "late_paid", "credited", "late_credited"
KNOWN, UNPAID, MISMATCH = "known", "unpaid", "mismatch"
SETTLED = {PAID, LATE_PAID, CREDITED, LATE_CREDITED, KNOWN}


def of_order(order_id: int) -> Payment | None:
    """None for an order that the balance paid."""
    payment: Payment | None = Payment.get_or_none(Payment.order == order_id)
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
        audit.record("payment.opened", f"order:{order.invoice}", fee=answer.fee, total=answer.total)
        if answer.status != PENDING:  # found, and over already
            outbox.add("check_payment", order.id, False)
        elif order.state == Order.PENDING:
            outbox.add("send_qr", order.id)
        else:
            checks.watch(payment)
            outbox.add("cancel_payment", order.id)
        return order


def settle(order_id: int, status: Status) -> str:
    """Book a payment that the gateway calls completed, once; returns one of the outcomes above."""
    if status.status != COMPLETED:
        return UNPAID
    with transactions.atomic():
        order = orders.lock(order_id)
        payment = _lock(order_id)
        if payment.state == Payment.COMPLETED:
            return KNOWN
        differs = _differences(order, payment, status)
        if differs:
            log.error("payment contradicts the order", invoice=order.invoice, differs=differs)
            notices.alarm("payment_mismatch", order.invoice, order_id=order.id, differs=differs)
            return MISMATCH
        _complete(order, payment)
        return _book(order)


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


def _complete(order: Order, payment: Payment) -> None:
    (
        Payment.update(state=Payment.COMPLETED, completed_at=utcnow(), next_check_at=None, watch_until=None)
        .where(Payment.id == payment.id)
        .execute()
    )
    audit.record("payment.completed", f"order:{order.invoice}", amount=payment.amount)


def _book(order: Order) -> str:
    if order.state == Order.PENDING:
        if order.kind == Order.DEPOSIT:
            orders.credit_payment(order, "deposit")
            outbox.add("show_paid", order.id)
            notices.to_admins("deposit_new", order_id=order.id)
            return CREDITED
        orders.paid(order, reason=None)
        return PAID
    if order.kind == Order.PURCHASE and _take_again(order):
        orders.paid(order, reason="late")
        return LATE_PAID
    orders.credit_payment(order, "late")
    outbox.add("send_notice", order.user_id, "late_credited", {"order_id": order.id})
    notices.to_admins("order_late_credited", order_id=order.id)
    return LATE_CREDITED


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


def canceled(order_id: int) -> None:
    """The gateway confirmed that nobody can pay any more: no need to look again."""
    with transactions.atomic():
        order = orders.lock(order_id)
        moved = (
            Payment.update(state=Payment.CANCELED, next_check_at=None, watch_until=None)
            .where(Payment.order == order_id, Payment.state == Payment.OPEN)
            .execute()
        )
        if moved:
            audit.record("payment.canceled", f"order:{order.invoice}")


def _lock(order_id: int) -> Payment:
    return Payment.select().where(Payment.order == order_id).for_update(transactions.LOCK).get()

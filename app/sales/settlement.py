"""How an order ends: by what the gateway said, compared and booked, or otherwise. Workers ask the gateway.

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

from uuid import UUID

import structlog

import settings
from app.catalogue import stock
from app.clients.pakasir_answers import CANCELED, COMPLETED, PENDING, Opened, Status
from app.errors import AmountOutOfRange, Malformed, NothingToDecide, OrderClosed, OutOfStock
from app.infra import transactions
from app.infra.queue import dead, lanes, outbox
from app.money import QRIS_MOST
from app.people import notices
from app.sales import contradictions, delivery, orders, payments, strays, vouchers, wallet
from models import Contradiction, DeadLetter, Order, Payment, utcnow

log = structlog.get_logger()

#: Outcomes of `settle`.
PAID, LATE_PAID, CREDITED, LATE_CREDITED = "paid", "late_paid", "credited", "late_credited"
KNOWN, UNPAID, ENDED, MISMATCH = "known", "unpaid", "ended", "mismatch"
SETTLED = {PAID, LATE_PAID, CREDITED, LATE_CREDITED, KNOWN}


def note_opened(order_id: int, answer: Opened) -> Order:
    """The gateway made a QR: show it, or have it canceled if the order ended meanwhile.

    Raises Malformed when it names a transaction that is another order's.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        payment = payments.lock(order_id)
        if payment.txn_id:
            return order
        if payments.order_of_transaction(answer.txn_id):
            raise Malformed("the transaction is another order's")
        payments.open_qr(order, payment, answer)
        if answer.status != PENDING:  # found, and over already
            outbox.add("check_payment", order.id, False)
        elif order.state == Order.PENDING:
            payments.send_qr(order.id)
        else:
            payments.watch(payment)
            outbox.add("cancel_payment", order.id)
        return order


def settle(order_id: int, status: Status, delivery_id: UUID | None = None) -> str:
    """Do what the table says, once; returns one of the outcomes above.

    `delivery_id`: whoever asks hands over the goods of what is PAID or LATE_PAID by it, right away. They
    are promised under this id and held (see outbox.add), and their first message counts as begun.
    """
    with transactions.atomic():
        payment = payments.lock_with_order(order_id)
        order = payment.order
        if payment.state == Payment.COMPLETED:
            return KNOWN
        differs = _differences(order, payment, status)
        if differs:
            contradictions.note(order, differs, contradictions.as_said(status))
            return MISMATCH
        contradictions.close_agreed(order, status.status)
        if status.status == COMPLETED:
            payments.complete(order, payment)
            return _book(order, order.total, delivery_id)
        return _end(order, payment) if status.status == CANCELED else _go_on(order, payment)


def note_unreadable(order_id: int, problem: str) -> None:
    """The gateway's answer about a payment could not be read: as good as a contradiction."""
    with transactions.atomic():
        order = orders.lock(order_id)
        if payments.lock(order_id).state != Payment.COMPLETED:
            contradictions.note(order, [contradictions.UNREADABLE], {"problem": problem})


def accept(order_id: int, amount: int, *, why: str) -> Order:
    """An operator takes a payment that contradicts for the order's: `amount` rupiah, without the fee.

    Raises NothingToDecide, AmountOutOfRange, Unknown, StrayEnded.
    """
    if not 1 <= amount <= QRIS_MOST:
        raise AmountOutOfRange(amount, 1, QRIS_MOST, "booking")
    with transactions.atomic():
        order = orders.lock(order_id)
        contradictions.decide(order, Contradiction.ACCEPTED, why)
        payment = payments.lock(order.id)
        if payment.state == Payment.COMPLETED:  # it has been booked, and the goods may be on their way
            raise NothingToDecide(Contradiction.AGREED)
        strays.dismiss_accepted(order, why)
        payments.complete(order, payment, accepted=amount)
        _book(order, amount)
        return order


def refuse(order_id: int, *, why: str) -> Order:
    """An operator decides that a contradicting payment is none: an unpaid order ends and its buyer is told.

    What the gateway holds stays there. Raises NothingToDecide, Unknown.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        contradictions.decide(order, Contradiction.REFUSED, why)
        if order.state == Order.PENDING:
            cancel_by_operator(order.id, note=why)
        return order


def mark_paid(order: Order, *, reason: str | None, delivery_id: UUID | None = None) -> Order:
    """The money is here and the goods are reserved: from now on the order only waits for its delivery."""
    moved = orders.move(order, Order.PAID, paid_at=utcnow(), closed_at=None, reason=reason)
    if moved is None:
        raise OrderClosed(order.state)
    vouchers.spend(moved)
    if delivery_id:
        delivery.begin(order.id, 0)
    outbox.add("deliver_order", order.id, row_id=delivery_id, held=delivery_id is not None)
    outbox.add("show_paid", order.id, delay_ms=0 if reason == Order.LATE else notices.GOODS_FIRST_MS)
    kind = "order_late" if reason == Order.LATE else "order_new"
    notices.to_admins(kind, delay_ms=notices.GOODS_FIRST_MS, order_id=order.id)
    return moved


def cancel(order_id: int, user_id: int) -> Order:
    """The buyer gives up an unpaid order. Raises Unknown, OrderClosed."""
    with transactions.atomic():
        order = orders.lock(orders.of_user(order_id, user_id).id)
        return _close(order, Order.CANCELED, Order.BY_BUYER)


def cancel_by_operator(order_id: int, *, note: str | None = None) -> Order:
    """Whoever runs the shop ends an unpaid order, and its buyer is told. Raises Unknown, OrderClosed.

    A payment that is on its way all the same is late, as after any other end.
    """
    with transactions.atomic():
        return _close(orders.lock(order_id), Order.CANCELED, Order.BY_OPERATOR, note=note)


def expire(order_id: int) -> Order | None:
    """The deadline has passed. None when the order ended otherwise first."""
    with transactions.atomic():
        order = orders.lock(order_id)
        if order.state != Order.PENDING:
            return None
        return _close(order, Order.EXPIRED, Order.DEADLINE)


def cancel_without_qr(order_id: int, reason: str) -> Order | None:
    """The gateway gave no QR: the order is taken back and the buyer told.

    None when it ended first, or another run of the job got the QR.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        if payments.lock(order_id).state != Payment.OPENING:
            return None
        return _close(order, Order.CANCELED, reason)


def credit(
    order_id: int, *, note: str | None = None, actor_id: int | None = None, anyway: bool = False
) -> Order:
    """Give the money of a paid, undelivered order back to the balance. A voucher can be used again.

    Raises OrderClosed, and what delivery.give_up raises: goods that may be there are not sold again.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        if order.state != Order.PAID:
            raise OrderClosed(order.state)
        lost = delivery.give_up(order, anyway=anyway)
        credited = credit_payment(order, Order.BY_OPERATOR, paid_for(order), note=note, actor_id=actor_id)
        vouchers.free(order)
        dead.settle(DeadLetter.DISCARDED, order.id, "deliver_order")
        if lost:
            stock.sell(order)
        else:
            stock.release(order)
        outbox.add("send_notice", order.user_id, "credited", {"order_id": order.id})
        return credited


def credit_payment(
    order: Order, reason: str, amount: int, *, note: str | None = None, actor_id: int | None = None
) -> Order:
    """What was paid for it becomes balance: the order's one end. The caller holds its lock."""
    moved = orders.move(order, Order.CREDITED, reason=reason, closed_at=utcnow())
    if moved is None:
        raise OrderClosed(order.state)
    if amount:
        wallet.post(order.user_id, amount, f"order:{order.invoice}:credit", note=note, actor_id=actor_id)
    return moved


def paid_for(order: Order) -> int:
    """What the buyer gave for the order, in rupiah: its total, or the less that an operator accepted."""
    accepted = Payment.select(Payment.accepted).where(Payment.order == order.id).scalar()
    return order.total if accepted is None else min(accepted, order.total)


def _close(order: Order, state: str, reason: str, *, note: str | None = None) -> Order:
    """Unpaid, over: the goods go back, the buyer and the gateway are told, and the payment is watched."""
    ended = orders.move(order, state, note=note, reason=reason, closed_at=utcnow())
    if ended is None:
        raise OrderClosed(order.state)
    payment = payments.lock(order.id)
    vouchers.free(ended, forget=reason in {Order.NO_QR, Order.BY_OPERATOR})
    stock.release(ended)
    # Many orders may end at one moment. Who ends one waits for the answer, who let it end does not.
    outbox.add("show_closed", order.id, queue=lanes.WATCH if state == Order.EXPIRED else None)
    if payment.state == Payment.OPEN:
        payments.watch(payment)
        outbox.add("cancel_payment", order.id)
    elif payment.state == Payment.OPENING:
        payments.refuse(order, payment)
    return ended


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


def _book(order: Order, received: int, delivery_id: UUID | None = None) -> str:
    """`received` is what was really paid, in rupiah."""
    if order.state == Order.PENDING:
        if order.kind == Order.DEPOSIT:
            credit_payment(order, Order.DEPOSIT, received)
            outbox.add("show_paid", order.id)
            notices.to_admins("deposit_new", order_id=order.id)
            return CREDITED
        _pay(order, received, None, delivery_id)
        return PAID
    if order.kind == Order.PURCHASE and _take_again(order):
        _pay(order, received, Order.LATE, delivery_id)
        return LATE_PAID
    credit_payment(order, Order.LATE, received)
    outbox.add("send_notice", order.user_id, "late_credited", {"order_id": order.id})
    notices.to_admins("order_late_credited", order_id=order.id)
    return LATE_CREDITED


def _pay(order: Order, received: int, reason: str | None, delivery_id: UUID | None) -> None:
    mark_paid(order, reason=reason, delivery_id=delivery_id)
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
        payments.cancel(order, payment)
    expire(order.id)
    return ENDED


def _go_on(order: Order, payment: Payment) -> str:
    """Not paid yet. If the gateway had called it canceled, it takes that back."""
    if payment.state == Payment.CANCELED:
        log.warning("the gateway took a cancellation back", invoice=order.invoice)
        payments.reopen(order, payment)
        outbox.add("cancel_payment", order.id)
    return UNPAID

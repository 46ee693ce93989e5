"""Orders: placed, paid, delivered, ended. Locks go user, order, payment, voucher, product, stock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from peewee import ModelSelect, fn

from app import audit
from app.catalogue import stock
from app.errors import BadQuantity, NotYours, OrderClosed
from app.infra import transactions
from app.infra.queue import dead, outbox
from app.people import notices, trust
from app.sales import checks, drafts, parcels, vouchers, wallet
from models import DeadLetter, Order, Payment, Product, User, utcnow

#: Which states an order may come from. A late payment revives expired and canceled ones.
MOVES = {
    Order.PAID: {Order.PENDING, Order.EXPIRED, Order.CANCELED},
    Order.DELIVERED: {Order.PAID},
    Order.EXPIRED: {Order.PENDING},
    Order.CANCELED: {Order.PENDING},
    Order.CREDITED: {Order.PENDING, Order.PAID, Order.EXPIRED, Order.CANCELED},
}

MOST_ITEMS = 100


def move(order: Order, to: str, **changes: Any) -> Order | None:
    """Move an order if that is still allowed; None means someone else got there first."""
    rows = (
        Order.update(state=to, **changes)
        .where(Order.id == order.id, Order.state.in_(MOVES[to]))
        .returning(Order)
        .execute()
    )
    moved = next(iter(rows), None)
    if moved:
        audit.record(f"order.{to}", f"order:{moved.invoice}", total=moved.total, reason=moved.reason)
    return moved


def place(
    user_id: int,
    product_id: int,
    quantity: int,
    *,
    agreed: int | None = None,
    voucher: str | None = None,
    mark: int = 0,
    message_id: int | None = None,
) -> Order:
    """Reserve the goods and promise to ask the gateway for a QR, or change nothing.

    `agreed` is the total that the buyer saw, less what the `voucher` is worth. If that leaves nothing to pay,
    the goods go out at once. `mark`: see catalogue.mark; `message_id`: what shows the progress in the chat.

    Raises OpenOrder, UnknownProduct, OtherProduct, BadQuantity, PriceChanged, AmountOutOfRange, QrisPaused,
    OutOfStock, ShareOnly, and what vouchers.reserve raises.
    """
    _must_be_possible(quantity)
    with transactions.atomic():
        wanted = drafts.Wanted(product_id, quantity, agreed, voucher, mark)
        order = drafts.purchase(drafts.buyer(user_id), wanted, Order.QRIS, message_id)
        if order.total:
            drafts.ask_for_payment(order)
        unproven = order.total > 0 and not trust.has_paid(user_id)
        stock.reserve(product_id, quantity, order.id, share_only=unproven)
        return order if order.total else paid(order, reason=None)


def buy_with_balance(
    user_id: int,
    product_id: int,
    quantity: int,
    *,
    agreed: int | None = None,
    voucher: str | None = None,
    mark: int = 0,
    message_id: int | None = None,
) -> Order:
    """Balance, stock and the promise to deliver in one transaction, or nothing.

    Raises as `place`, and TooLittle instead of AmountOutOfRange, QrisPaused and ShareOnly.
    """
    _must_be_possible(quantity)
    with transactions.atomic():
        wanted = drafts.Wanted(product_id, quantity, agreed, voucher, mark)
        order = drafts.purchase(drafts.buyer(user_id), wanted, Order.BALANCE, message_id)
        if order.total:
            wallet.post(user_id, -order.total, f"order:{order.invoice}:payment")
        stock.reserve(product_id, quantity, order.id)
        return paid(order, reason=None)


def paid(order: Order, *, reason: str | None) -> Order:
    """The money is here and the goods are reserved: from now on the order only waits for its delivery."""
    moved = move(order, Order.PAID, paid_at=utcnow(), closed_at=None, reason=reason)
    if moved is None:
        raise OrderClosed(order.state)
    vouchers.spend(moved)
    outbox.add("deliver_order", order.id)
    outbox.add("show_paid", order.id, delay_ms=0 if reason == "late" else notices.GOODS_FIRST_MS)
    kind = "order_late" if reason == "late" else "order_new"
    notices.to_admins(kind, delay_ms=notices.GOODS_FIRST_MS, order_id=order.id)
    return moved


def delivered(order_id: int) -> Order | None:
    """Every part of the goods is at Telegram. None when that was known already."""
    with transactions.atomic():
        order = lock(order_id)
        now = utcnow()
        moved = move(order, Order.DELIVERED, delivered_at=now, closed_at=now)
        if moved:
            stock.sell(moved)
            dead.settle(DeadLetter.RETRIED, order.id, "deliver_order")
            User.update(bought=User.bought + moved.quantity).where(User.id == moved.user_id).execute()
        return moved


def cancel(order_id: int, user_id: int) -> Order:
    """The buyer gives up an unpaid order. Raises NotYours, OrderClosed."""
    with transactions.atomic():
        order = lock(of_user(order_id, user_id).id)
        return _end(order, Order.CANCELED, "buyer")


def cancel_by_operator(order_id: int, *, note: str | None = None) -> Order:
    """Whoever runs the shop ends an unpaid order, and its buyer is told. Raises NotYours, OrderClosed.

    A payment that is on its way all the same is late, as after any other end.
    """
    with transactions.atomic():
        order = lock(order_id)
        outbox.add("show_closed", order.id)
        return _end(order, Order.CANCELED, "operator", note=note)


def expire(order_id: int) -> Order | None:
    """The deadline has passed. None when the order ended otherwise first."""
    with transactions.atomic():
        order = lock(order_id)
        if order.state != Order.PENDING:
            return None
        outbox.add("show_closed", order.id)
        return _end(order, Order.EXPIRED, "deadline")


def undo(order_id: int, reason: str) -> Order | None:
    """The gateway gave no QR: the order is taken back and the buyer told.

    None when it ended first, or another run of the job got the QR.
    """
    with transactions.atomic():
        order = lock(order_id)
        payment = Payment.get(Payment.order == order_id)
        if order.state != Order.PENDING or payment.state != Payment.OPENING:
            return None
        outbox.add("show_closed", order.id)
        return _end(order, Order.CANCELED, reason)


def credit(
    order_id: int, *, note: str | None = None, actor_id: int | None = None, anyway: bool = False
) -> Order:
    """Give the money of a paid, undelivered order back to the balance. A voucher can be used again.

    Raises OrderClosed, and what parcels.give_up raises: goods that may be there are not sold again.
    """
    with transactions.atomic():
        order = lock(order_id)
        if order.state != Order.PAID:
            raise OrderClosed(order.state)
        lost = parcels.give_up(order, anyway=anyway)
        credited = credit_payment(order, "operator", paid_for(order), note=note, actor_id=actor_id)
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
    moved = move(order, Order.CREDITED, reason=reason, closed_at=utcnow())
    if moved is None:
        raise OrderClosed(order.state)
    if amount:
        wallet.post(order.user_id, amount, f"order:{order.invoice}:credit", note=note, actor_id=actor_id)
    return moved


def paid_for(order: Order) -> int:
    """What the buyer gave for the order, in rupiah: its total, or the less that an operator accepted."""
    accepted = Payment.select(Payment.accepted).where(Payment.order == order.id).scalar()
    return order.total if accepted is None else min(accepted, order.total)


def redeliver(order_id: int) -> Order:
    """Send the same goods again, every part. What went out before is not forgotten: see `credit`.

    Raises OrderClosed for an order without goods.
    """
    with transactions.atomic():
        order = lock(order_id)
        if order.state not in {Order.PAID, Order.DELIVERED}:
            raise OrderClosed(order.state)
        parcels.send_again(order)
        dead.settle(DeadLetter.RETRIED, order.id, "deliver_order")
        outbox.add("deliver_order", order.id)
        audit.record("order.redelivered", f"order:{order.invoice}")
        return order


def lock(order_id: int) -> Order:
    """The order, fresh and locked, after its buyer: rows are locked in the order of `of`. Raises NotYours."""
    rows = Order.select().join(User).where(Order.id == order_id)
    order: Order | None = rows.for_update(transactions.LOCK, of=(User, Order)).first()
    if order is None:
        raise NotYours
    return order


def get(order_id: int) -> Order:
    """Raises NotYours."""
    order = Order.get_or_none(Order.id == order_id)
    if order is None:
        raise NotYours
    return order


def by_invoice(invoice: str) -> Order | None:
    return Order.get_or_none(Order.invoice == invoice)


def of_user(order_id: int, user_id: int) -> Order:
    """Raises NotYours for somebody else's order as for one that does not exist."""
    order = get(order_id)
    if order.user_id != user_id:
        raise NotYours
    return order


def with_product(order_id: int) -> Order:
    """An order read with its product and its buyer. Raises NotYours."""
    order: Order | None = (
        Order.select(Order, Product, User)
        .left_outer_join(Product)
        .switch(Order)
        .join(User)
        .where(Order.id == order_id)
        .first()
    )
    if order is None:
        raise NotYours
    return order


def latest_id(user_id: int) -> int:
    """A person's newest order, 0 before the first: buttons carry it to notice a second press."""
    return Order.select(fn.MAX(Order.id)).where(Order.user == user_id).scalar() or 0


def unpaid(user_id: int) -> Order | None:
    """The one open order that a person may have."""
    order: Order | None = Order.select().where(Order.user == user_id, Order.state == Order.PENDING).first()
    return order


def history(user_id: int) -> ModelSelect[Order]:
    """A person's orders, newest first; callers page."""
    return Order.select().where(Order.user == user_id).order_by(Order.id.desc())


def history_with_products(user_id: int) -> ModelSelect[Order]:
    """The same with what was bought. Even an unused join would keep PostgreSQL from counting in the index."""
    return history(user_id).select(Order, Product).left_outer_join(Product)


def pending() -> ModelSelect[Order]:
    """Unpaid orders with their buyers, the next to expire first; callers page."""
    return (
        Order.select(Order, User)
        .join(User)
        .where(Order.state == Order.PENDING)
        .order_by(Order.expires_at, Order.id)
    )


def overdue(by: timedelta) -> ModelSelect[Order]:
    """Unpaid orders whose deadline passed `by` ago: their expiry job must have been lost."""
    return Order.select(Order.id).where(Order.state == Order.PENDING, Order.expires_at < utcnow() - by)


def show_in(order_id: int, message_id: int | None) -> int | None:
    """Remember which chat message shows the order; returns the one that did before.

    An order that ended or was paid while its message was on the way has that message changed again.
    """
    with transactions.atomic():
        order = lock(order_id)
        Order.update(message_id=message_id).where(Order.id == order_id).execute()
        if message_id and order.state in {Order.EXPIRED, Order.CANCELED}:
            outbox.add("show_closed", order.id)
        elif message_id and order.state in {Order.PAID, Order.DELIVERED}:
            outbox.add("show_paid", order.id)
        former: int | None = order.message_id
        return former


def first_shown_in(order_id: int, message_id: int, known: int | None) -> bool:
    """The message that tells of a new order is another than the one `known` when it was placed.

    False when the QR was faster: then that shows the order.
    """
    with transactions.atomic():
        if lock(order_id).message_id != known:
            return False
        show_in(order_id, message_id)
        return True


def _must_be_possible(quantity: int) -> None:
    if not 1 <= quantity <= MOST_ITEMS:
        raise BadQuantity(MOST_ITEMS)


def _end(order: Order, state: str, reason: str, *, note: str | None = None) -> Order:
    """Unpaid, over: the goods go back, the gateway is told, and the payment is watched until it confirms."""
    ended = move(order, state, note=note, reason=reason, closed_at=utcnow())
    if ended is None:
        raise OrderClosed(order.state)
    payment = Payment.get(Payment.order == order.id)
    vouchers.free(ended, forget=reason in {"gateway", "operator"})
    stock.release(ended)
    if payment.state == Payment.OPEN:
        checks.watch(payment)
        outbox.add("cancel_payment", order.id)
    elif payment.state == Payment.OPENING:
        Payment.update(state=Payment.REFUSED, next_check_at=None).where(Payment.id == payment.id).execute()
        audit.record("payment.refused", f"order:{order.invoice}")
    return ended

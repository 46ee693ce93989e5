"""One order's row: its states and reasons, who may move it from which, and how it is found.

Nothing else writes this table. Locks are taken in the order user, order, payment, voucher, product, stock.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from peewee import ModelSelect

import settings
from app import audit
from app.errors import Unknown
from app.infra import fingerprints, transactions
from app.infra.prepared import GIVEN, Prepared, PreparedUpdate
from app.infra.queue import outbox
from app.money import typed
from models import Order, Product, User, utcnow

#: Which states an order may come from. A late payment revives expired and canceled ones.
MOVES = {
    Order.PAID: {Order.PENDING, Order.EXPIRED, Order.CANCELED},
    Order.DELIVERED: {Order.PAID},
    Order.EXPIRED: {Order.PENDING},
    Order.CANCELED: {Order.PENDING},
    Order.CREDITED: {Order.PENDING, Order.PAID, Order.EXPIRED, Order.CANCELED},
}

_MOVED = {
    to: PreparedUpdate(Order, Order.id == GIVEN, Order.state.in_(states)) for to, states in MOVES.items()
}
_BY_ID = Prepared(Order.select().where(Order.id == GIVEN))
_LATEST = Prepared(Order.select(Order.id).where(Order.user == GIVEN).order_by(Order.id.desc()).limit(1))
_UNPAID = Prepared(Order.select().where(Order.user == GIVEN, Order.state == Order.PENDING))
_LOCKED = Prepared(
    Order.select().join(User).where(Order.id == GIVEN).for_update(transactions.LOCK, of=(User, Order))
)
_WITH_PRODUCT = Prepared(
    Order.select(Order, Product, User)
    .left_outer_join(Product)
    .switch(Order)
    .join(User)
    .where(Order.id == GIVEN)
)


@dataclass(frozen=True)
class Wish:
    """The purchase that a deposit is made for; `voucher` is the number of a code, 0 for none.

    `mark`: the product that it was, which may have another number by now; 0 where nobody noted it.
    """

    product: int
    quantity: int
    voucher: int = 0
    mark: int = field(default=0, compare=False)


def wish(order: Order) -> Wish | None:
    return Wish(**order.wish) if order.wish else None


def insert(**columns: object) -> Order:
    now = utcnow()
    order = Order.create(
        invoice=_new_invoice(),
        created_at=now,
        expires_at=now + timedelta(seconds=settings.current().payment_expiry_seconds),
        **columns,
    )
    audit.record(
        "order.placed", f"order:{order.invoice}", user=order.user_id, kind=order.kind, method=order.method,
        product=order.product_id, quantity=order.quantity, unit_price=order.unit_price,
        discount=order.discount, total=order.total, expires=order.expires_at.isoformat(),
        voucher=fingerprints.of(order.voucher_id) if order.voucher_id else None, warranty=order.warranty_days,
    )  # fmt: skip
    return order


def move(order: Order, to: str, told: dict[str, Any] | None = None, **changes: Any) -> Order | None:
    """Move an order if that is still allowed; None means someone else got there first. `told`: what else the
    audit event says."""
    moved = next(iter(_MOVED[to].all({"state": to, **changes}, order.id)), None)
    if moved:
        facts = {"total": moved.total, "reason": moved.reason, **(told or {})}
        audit.record(f"order.{to}", f"order:{moved.invoice}", **facts)
    return moved


def lock(order_id: int) -> Order:
    """The order, fresh and locked, after its buyer: rows are locked in the order of `of`. Raises Unknown."""
    order = _LOCKED.first(order_id)
    if order is None:
        raise Unknown("order")
    return order


def get(order_id: int) -> Order:
    """Raises Unknown."""
    order = _BY_ID.first(order_id)
    if order is None:
        raise Unknown("order")
    return order


def by_invoice(invoice: str) -> Order | None:
    return Order.get_or_none(Order.invoice == invoice)


def invoices(ids: Sequence[int]) -> dict[int, str]:
    """By the orders' ids."""
    return {row.id: row.invoice for row in Order.select(Order.id, Order.invoice).where(Order.id.in_(ids))}


def of_user(order_id: int, user_id: int) -> Order:
    """Raises Unknown for somebody else's order as for one that does not exist."""
    order = get(order_id)
    if order.user_id != user_id:
        raise Unknown("order")
    return order


def with_product(order_id: int, user_id: int | None = None) -> Order:
    """An order read with its product and its buyer: of this person, if one is named. Raises Unknown."""
    order = _WITH_PRODUCT.first(order_id)
    if order is None or user_id not in {None, order.user_id}:
        raise Unknown("order")
    return order


def latest_id(user_id: int) -> int:
    """A person's newest order, 0 before the first: buttons carry it to notice a second press."""
    latest = _LATEST.first(user_id)
    return latest.id if latest else 0


def unpaid(user_id: int) -> Order | None:
    """The one open order that a person may have."""
    return _UNPAID.first(user_id)


def is_unpaid(order: Order) -> bool:
    return order.state == Order.PENDING


def history(user_id: int) -> ModelSelect[Order]:
    """A person's orders, newest first; callers page."""
    return Order.select().where(Order.user == user_id).order_by(Order.id.desc())


def newer_than(order: Order) -> ModelSelect[Order]:
    """Those before it in that history."""
    return history(order.user_id).where(Order.id > order.id)


def history_with_products(user_id: int) -> ModelSelect[Order]:
    """The same with what was bought."""
    return history(user_id).select(Order, Product).left_outer_join(Product)


def pending() -> ModelSelect[Order]:
    """Unpaid orders, the next to expire first; callers page."""
    return Order.select().where(Order.state == Order.PENDING).order_by(Order.expires_at, Order.id)


def pending_with_buyers() -> ModelSelect[Order]:
    """The same with who ordered."""
    return pending().select(Order, User).join(User)


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
        elif message_id and (order.state in {Order.PAID, Order.DELIVERED} or _is_paid_deposit(order)):
            outbox.add("show_paid", order.id)
        former: int | None = order.message_id
        return former


def _is_paid_deposit(order: Order) -> bool:
    return order.kind == Order.DEPOSIT and order.state == Order.CREDITED and order.reason == Order.DEPOSIT


def first_shown_in(order_id: int, message_id: int, known: int | None) -> bool:
    """The message that tells of a new order is another than the one `known` when it was placed.

    False when the QR was faster: then that shows the order.
    """
    with transactions.atomic():
        if lock(order_id).message_id != known:
            return False
        show_in(order_id, message_id)
        return True


def count_claim(order: Order) -> int:
    """A warranty claim was met; how many by now. The caller holds the order's lock."""
    Order.update(claims=order.claims + 1).where(Order.id == order.id).execute()
    return int(order.claims + 1)


def erase_notes(user_id: int) -> None:
    """Why operators ended orders of theirs."""
    Order.update(note=None).where(Order.user == user_id, Order.note.is_null(False)).execute()


def _new_invoice() -> str:
    tail = "".join(secrets.choice(typed.READABLE) for _ in range(6))
    return f"TRX{utcnow():%Y%m%d}{tail}"

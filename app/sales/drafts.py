"""New orders as rows: who may place one, what it costs, its number, and the promise to ask for its payment.

Called by orders and deposits, inside their transactions.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

import settings
from app import audit
from app.catalogue import products, stock
from app.errors import AmountOutOfRange, NotYours, OpenOrder, OutOfStock, PriceChanged, QrisPaused
from app.infra import fingerprints, transactions
from app.infra.queue import outbox
from app.money import QRIS_LEAST, QRIS_MOST
from app.people import trust, users
from app.sales import vouchers
from models import Order, Payment, User, Voucher, utcnow

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0, O, 1, I: people read invoices aloud


@dataclass(frozen=True)
class Wanted:
    """What the buyer chose. `agreed` is the total that was shown, `voucher` a code, `mark` the product's."""

    product_id: int
    quantity: int
    agreed: int | None = None
    voucher: str | None = None
    mark: int = 0


def buyer(user_id: int) -> User:
    """The person, locked, who has no unpaid order. Raises NotYours, OpenOrder."""
    person = users.lock(user_id)
    if person is None:
        raise NotYours("person", user_id)
    unpaid = Order.select(Order.id).where(Order.user == user_id, Order.state == Order.PENDING).scalar()
    if unpaid:
        raise OpenOrder(unpaid)
    return person


def purchase(person: User, wanted: Wanted, method: str, message_id: int | None) -> Order:
    """What a voucher pays for in full is charged nowhere: not to the gateway, so to the balance, nothing.

    Raises UnknownProduct, OtherProduct, OutOfStock, PriceChanged, and what vouchers.reserve raises.
    """
    product = stock.lock_product(wanted.product_id, transactions.KEY_KEPT)
    products.must_be(product, wanted.mark)
    if stock.left(product) < wanted.quantity:
        raise OutOfStock(product.id, stock.left(product))
    bill = products.bill_for(product, person, wanted.quantity)
    voucher = vouchers.reserve(wanted.voucher, person.id) if wanted.voucher else None
    total = vouchers.less(bill.total, voucher)
    if wanted.agreed is not None and total != wanted.agreed:
        raise PriceChanged(total)
    order = _insert(
        user=person.id,
        product=product.id,
        quantity=wanted.quantity,
        unit_price=bill.offer.full,
        discount=bill.subtotal - total,
        total=total,
        voucher=wanted.voucher,
        method=method if total else Order.BALANCE,
        message_id=message_id,
    )
    if voucher:
        vouchers.note(order, Voucher.RESERVED)
    return order


def deposit(person: User, amount: int, *, message_id: int | None) -> Order:
    """Raises AmountOutOfRange."""
    _must_be_within(amount, "deposit")
    return _insert(
        user=person.id,
        kind=Order.DEPOSIT,
        unit_price=amount,
        total=amount,
        method=Order.QRIS,
        message_id=message_id,
    )


def ask_for_payment(order: Order) -> None:
    """The gateway is asked after the commit, and the order ends at its deadline.

    Raises AmountOutOfRange, QrisPaused.
    """
    _must_be_within(order.total)
    paused_until = trust.paused_until(order.user_id)
    if paused_until:
        raise QrisPaused(paused_until)
    Payment.insert(order=order.id, amount=order.total).execute()
    outbox.add("open_payment", order.id)
    outbox.add("expire_order", order.id, delay_ms=settings.current().payment_expiry_seconds * 1000)


def _must_be_within(amount: int, what: str = "qris") -> None:
    if not QRIS_LEAST <= amount <= QRIS_MOST:
        raise AmountOutOfRange(amount, QRIS_LEAST, QRIS_MOST, what)


def _insert(**columns: object) -> Order:
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
        voucher=fingerprints.of(order.voucher_id) if order.voucher_id else None,
    )  # fmt: skip
    return order


def _new_invoice() -> str:
    tail = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"TRX{utcnow():%Y%m%d}{tail}"

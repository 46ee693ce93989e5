"""Checkout: who may order what, at which price, and how it is to be paid. Everything happens, or nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import settings
from app.catalogue import products, stock
from app.errors import (
    AmountOutOfRange,
    BadQuantity,
    OpenOrder,
    OutOfStock,
    PriceChanged,
    QrisPaused,
)
from app.infra import transactions
from app.infra.queue import outbox
from app.money import QRIS_LEAST, QRIS_MOST
from app.people import trust, users
from app.sales import orders, payments, settlement, vouchers, wallet
from models import Order, Product, User, Voucher

MOST_ITEMS = 100


def place(
    user_id: int,
    product_id: int,
    quantity: int,
    *,
    method: str = Order.QRIS,
    agreed: int | None = None,
    voucher: str | None = None,
    mark: int = 0,
    message_id: int | None = None,
) -> Order:
    """Reserve the goods and promise to ask the gateway for a QR, or to deliver what the balance pays for.

    `agreed` is the total that the buyer saw, less what the `voucher` is worth. If that leaves nothing to pay,
    the goods go out at once. `mark`: see products.mark; `message_id`: what shows the progress in the chat.

    Raises OpenOrder, Unknown, OtherProduct, BadQuantity, PriceChanged, OutOfStock, what vouchers.reserve
    raises, and, changing nothing either: AmountOutOfRange, QrisPaused, ShareOnly by QRIS, else TooLittle.
    """
    if not 1 <= quantity <= MOST_ITEMS:
        raise BadQuantity(MOST_ITEMS)
    with transactions.atomic():
        wanted = _Wanted(product_id, quantity, agreed, voucher, mark)
        order = _purchase(_buyer(user_id), wanted, method, message_id)
        by_qris = order.method == Order.QRIS
        if by_qris:
            _ask_for_payment(order)
        elif order.total:
            wallet.post(user_id, -order.total, f"order:{order.invoice}:payment")
        stock.reserve(product_id, quantity, order.id, share_only=by_qris and not trust.has_paid(user_id))
        return order if by_qris else settlement.mark_paid(order, reason=None)


def deposit(
    user_id: int, amount: int, *, wish: orders.Wish | None = None, message_id: int | None = None
) -> Order:
    """Promise to ask the gateway for a QR over `amount`, which is to pay for the `wish`.

    Raises OpenOrder, AmountOutOfRange, Unknown.
    """
    with transactions.atomic():
        order = _deposit(_buyer(user_id), amount, wish, message_id)
        _ask_for_payment(order)
        return order


@dataclass(frozen=True)
class _Wanted:
    """What the buyer chose. `agreed` is the total that was shown, `voucher` a code, `mark` the product's."""

    product_id: int
    quantity: int
    agreed: int | None = None
    voucher: str | None = None
    mark: int = 0


def _buyer(user_id: int) -> User:
    """The person, locked, who has no unpaid order. Raises Unknown, OpenOrder."""
    person = users.lock(user_id)
    unpaid = orders.unpaid(user_id)
    if unpaid:
        raise OpenOrder(unpaid.id)
    return person


def _purchase(person: User, wanted: _Wanted, method: str, message_id: int | None) -> Order:
    """What a voucher pays for in full is charged nowhere: not to the gateway, so to the balance, nothing.

    Raises Unknown, OtherProduct, OutOfStock, PriceChanged, and what vouchers.reserve raises.
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
    order = orders.insert(
        user=person.id,
        product=product.id,
        quantity=wanted.quantity,
        unit_price=bill.offer.full,
        discount=bill.subtotal - total,
        total=total,
        voucher=wanted.voucher,
        method=method if total else Order.BALANCE,
        warranty_days=product.warranty_days if total and not product.shared_kind else None,
        message_id=message_id,
    )
    if voucher:
        vouchers.note(order, Voucher.RESERVED)
    return order


def _deposit(person: User, amount: int, wish: orders.Wish | None, message_id: int | None) -> Order:
    """Raises AmountOutOfRange."""
    _must_be_within(amount, "deposit")
    return orders.insert(
        user=person.id,
        kind=Order.DEPOSIT,
        unit_price=amount,
        total=amount,
        method=Order.QRIS,
        wish=asdict(_noted(wish)) if wish else None,
        message_id=message_id,
    )


def _noted(wish: orders.Wish) -> orders.Wish:
    """With the product that has this number now, if one has."""
    wanted = Product.get_or_none(Product.id == wish.product)
    return replace(wish, mark=products.mark(wanted)) if wanted else wish


def _ask_for_payment(order: Order) -> None:
    """The gateway is asked after the commit, and the order ends at its deadline.

    Raises AmountOutOfRange, QrisPaused.
    """
    _must_be_within(order.total)
    paused_until = trust.paused_until(order.user_id)
    if paused_until:
        raise QrisPaused(paused_until)
    payments.insert(order)
    outbox.add("open_payment", order.id)
    outbox.add("expire_order", order.id, delay_ms=settings.current().payment_expiry_seconds * 1000)


def _must_be_within(amount: int, what: str = "qris") -> None:
    if not QRIS_LEAST <= amount <= QRIS_MOST:
        raise AmountOutOfRange(amount, QRIS_LEAST, QRIS_MOST, what)

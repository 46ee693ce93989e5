"""From the chosen quantity to an order: summary, QRIS or balance, and the buttons under the QR."""

from __future__ import annotations

from app import catalogue, money, orders, payments, stock
from app.bot import guards, html, keyboards, shelf
from app.bot.callbacks import pack
from app.bot.reply import Reply, show, toast
from app.bot.screen import Button, Rows, Screen
from app.bot.texts import checkout as texts
from app.bot.texts import refusals
from app.bot.turn import Turn
from app.errors import BadQuantity, OrderClosed, OutOfStock
from app.infra import outbox
from app.prices import Bill
from models import Order, Payment, Product, User

NAME_UNITS = 200


def summary(person: User, product_id: int, quantity: int) -> Screen:
    """Raises UnknownProduct, OutOfStock, BadQuantity."""
    product, bill = _offer(person, product_id, quantity)
    fee = money.estimated_fee(bill.total)
    text = texts.SUMMARY(
        name=html.cut(product.name, NAME_UNITS),
        quantity=quantity,
        price=shelf.price(bill.offer),
        subtotal=money.rupiah(bill.subtotal),
        discount=shelf.discount(bill.discount, bill.total),
        fee=money.rupiah(fee),
        payable=money.rupiah(bill.total + fee),
    )
    seen = (product_id, quantity, bill.total)
    pay = [
        Button(keyboards.QRIS, pack("qris", *seen, orders.latest_id(person.id))),
        Button(keyboards.BALANCE, pack("spend", *seen)),
    ]
    return Screen(text, [pay, _leave(pack("product", product_id, quantity))])


def balance(person: User, product_id: int, quantity: int) -> Screen:
    """Asks before the balance is spent. Raises UnknownProduct, OutOfStock, BadQuantity."""
    product, bill = _offer(person, product_id, quantity)
    missing = bill.total - person.balance
    text = texts.BALANCE(
        name=html.cut(product.name, NAME_UNITS),
        quantity=quantity,
        price=shelf.price(bill.offer),
        total=money.rupiah(bill.total),
        balance=money.rupiah(person.balance),
        outcome=texts.MISSING(missing=money.rupiah(missing))
        if missing > 0
        else texts.REST(rest=money.rupiah(-missing)),
    )
    seen = (product_id, quantity, bill.total, orders.latest_id(person.id))
    pay: Rows = [] if missing > 0 else [[Button(keyboards.PAY, pack("pay", *seen))]]
    return Screen(text, [*pay, _leave(pack("summary", product_id, quantity))])


def pay_by_qris(turn: Turn, product_id: int, quantity: int, total: int, latest: int) -> Reply:
    """`total` is what the person agreed to, compared with today's price and never charged.

    `latest`: the newest order when the button was drawn; a newer one means that it was pressed before.
    """
    newer = _newer(turn, latest)
    if newer:
        return (
            still_open(turn, newer.id, pressed_twice=True) if newer.state == Order.PENDING else _done(newer)
        )
    refusal = guards.limited(turn, "checkout")
    if refusal:
        return refusal
    message_id = turn.event.message_id
    order = orders.place(turn.person.id, product_id, quantity, agreed=total, message_id=message_id)
    return show("preparing", order.id)


def spend(turn: Turn, product_id: int, quantity: int, total: int) -> Reply:
    """`SALDO`: on to the question whether to pay, and word of a price that is not the summary's any more."""
    _, bill = _offer(turn.person, product_id, quantity)
    changed = bill.total != total
    toast = refusals.PRICE_CHANGED.plain(total=money.rupiah(bill.total)) if changed else None
    return show("balance", product_id, quantity, toast=toast, alert=changed)


def pay_by_balance(turn: Turn, product_id: int, quantity: int, total: int, latest: int) -> Reply:
    """`total` and `latest` as for QRIS."""
    newer = _newer(turn, latest)
    if newer:
        return _done(newer)
    refusal = guards.limited(turn, "checkout")
    if refusal:
        return refusal
    message_id = turn.event.message_id
    order = orders.buy_with_balance(turn.person.id, product_id, quantity, agreed=total, message_id=message_id)
    return show("bought", order.id)


def still_open(turn: Turn, order_id: int, *, pressed_twice: bool = False) -> Reply:
    """Only one unpaid order: bring its QR back to the end of the chat, unless it is there or on its way."""
    order = orders.of_user(order_id, turn.person.id)
    payment = payments.of_order(order_id)
    if payment is None or payment.state != Payment.OPEN:
        return toast(texts.ON_ITS_WAY.plain(invoice=order.invoice), alert=True)
    if pressed_twice:
        return toast(texts.OPEN_BELOW.plain(invoice=order.invoice), alert=True)
    outbox.add("send_qr", order_id)
    return toast(texts.STILL_OPEN.plain(invoice=order.invoice), alert=True)


def check(turn: Turn, order_id: int) -> Reply:
    """`Status Pembayaran`: the answer appears under the QR, or the goods do."""
    order = orders.of_user(order_id, turn.person.id)
    if order.state in {Order.PAID, Order.DELIVERED}:
        return toast(texts.ALREADY_PAID.plain())
    if order.state != Order.PENDING:
        raise OrderClosed(order.state)
    payment = payments.of_order(order_id)
    if payment is None or payment.state != Payment.OPEN:
        return toast(texts.ON_ITS_WAY.plain(invoice=order.invoice))
    refusal = guards.limited(turn, "status")
    if refusal:
        return refusal
    outbox.add("check_payment", order_id, True)
    return toast(texts.CHECKING.plain())


def cancel(turn: Turn, order_id: int) -> Reply:
    """Raises NotYours, OrderClosed. The QR goes, wherever it was cancelled from."""
    order = orders.cancel(order_id, turn.person.id)
    done = texts.CANCELED.plain()
    if order.message_id is None:
        return show("closed", order_id, toast=done)
    outbox.add("show_closed", order_id)
    return toast(done) if order.message_id == turn.event.message_id else show("order", order_id, toast=done)


def preparing(person: User, order_id: int) -> Screen:
    order = orders.of_user(order_id, person.id)
    cancel_row = [Button(keyboards.CANCEL, pack("cancel", order_id))]
    return Screen(texts.PREPARING(invoice=order.invoice), [cancel_row], fleeting=True)


def _offer(person: User, product_id: int, quantity: int) -> tuple[Product, Bill]:
    """The product and what so many cost this person now."""
    product = catalogue.get(product_id)
    if not 1 <= quantity <= orders.MOST_ITEMS:
        raise BadQuantity(orders.MOST_ITEMS)
    if stock.left(product) < quantity:
        raise OutOfStock(product_id, product.available)
    return product, catalogue.bill_for(product, person, quantity)


def _newer(turn: Turn, latest: int) -> Order | None:
    newest = orders.latest_id(turn.person.id)
    return orders.get(newest) if newest > latest else None


def _done(order: Order) -> Reply:
    return toast(texts.ALREADY_BOUGHT.plain(invoice=order.invoice), alert=True)


def _leave(back: str) -> list[Button]:
    return [
        Button(keyboards.SUMMARY_BACK, back),
        Button(keyboards.SUMMARY_CANCEL, pack("home")),
    ]

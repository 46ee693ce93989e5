"""From the chosen quantity to an order: summary, QRIS or balance, and the buttons under the QR."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from app import money
from app.bot.screens import shelf
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, say, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products, stock
from app.catalogue.prices import Bill
from app.errors import BadQuantity, OrderClosed, OutOfStock
from app.infra import limits
from app.sales import checkout, orders, payments, quotes, settlement, vouchers
from app.texts import html
from app.texts import refusals as refusal_texts
from app.texts.html import Html, Text
from app.texts.screens import checkout as texts
from app.texts.screens import orders as order_texts
from models import Order, Payment, Product, User, Voucher

NAME_UNITS = 200
#: How many numbers the checkout's buttons carry at least: product and quantity first. A voucher may follow.
NUMBERS = {"summary": 2, "balance": 2, "qris": 4, "spend": 3, "pay": 4}


@dataclass(frozen=True)
class _Offer:
    """What the person would get and pay now.

    `voucher` is how buttons carry it on: its number, or nothing; `tail` how they end that order or pay.
    """

    product: Product
    bill: Bill
    total: int
    reduction: Voucher | None
    voucher: tuple[int, ...]

    @property
    def tail(self) -> tuple[int, ...]:
        return (*(self.voucher or (0,)), products.mark(self.product))


def summary(person: User, product_id: int, quantity: int, voucher: int = 0) -> Screen:
    """`voucher` is the number of a code. Raises Unknown, OutOfStock, BadQuantity, VoucherRefused."""
    offer = _offer(person, product_id, quantity, voucher)
    bill, total = offer.bill, offer.total
    text = texts.SUMMARY(
        name=html.cut(offer.product.name, NAME_UNITS),
        quantity=quantity,
        price=money.rupiah(bill.offer.full),
        subtotal=money.rupiah(bill.subtotal),
        discount=texts.DISCOUNT(discount=money.rupiah(bill.discount)) if bill.discount else "",
        voucher=_reduction(offer),
        ways=html.lines(_ways(person, offer)),
    )
    seen = (product_id, quantity, total, orders.latest_id(person.id), *offer.tail)
    enough = total <= person.balance
    spend = pack("pay", *seen) if enough else pack("spend", *seen[:3], *offer.tail)
    pay = [Button(keyboards.QRIS, pack("qris", *seen)), Button(keyboards.BALANCE, spend)]
    chosen = (product_id, quantity, *offer.voucher)
    reduce = [Button(keyboards.VOUCHER, pack("voucher", *chosen))]
    return Screen(text, [reduce, pay, _leave(pack("product", *chosen))], amount=total)


def balance(person: User, product_id: int, quantity: int, voucher: int = 0) -> Screen:
    """Asks before the balance is spent. Raises Unknown, OutOfStock, BadQuantity, VoucherRefused."""
    offer = _offer(person, product_id, quantity, voucher)
    missing = offer.total - person.balance
    text = texts.BALANCE(
        name=html.cut(offer.product.name, NAME_UNITS),
        quantity=quantity,
        price=shelf.price(offer.bill.offer),
        voucher=_reduction(offer),
        total=money.rupiah(offer.total),
        balance=money.rupiah(person.balance),
        outcome=texts.MISSING(missing=money.rupiah(missing))
        if missing > 0
        else texts.REST(rest=money.rupiah(-missing)),
    )
    latest = orders.latest_id(person.id)
    chosen = (product_id, quantity, *offer.voucher)
    leave = _leave(pack("summary", *chosen))
    if missing <= 0:
        return Screen(text, [[_spend(offer, latest)], leave])
    other = [Button(keyboards.OTHER_AMOUNT, pack("deposit_other", *chosen))]
    return Screen(text, [[_fill(offer, missing, latest)], other, leave])


def _spend(offer: _Offer, latest: int) -> Button:
    seen = (offer.product.id, offer.bill.quantity, offer.total, latest, *offer.tail)
    return Button(keyboards.PAY, pack("pay", *seen))


def _fill(offer: _Offer, missing: int, latest: int) -> Button:
    """A deposit of what is missing, as far as QRIS takes it; the purchase goes on when it is paid."""
    amount = min(max(missing, money.QRIS_LEAST), money.QRIS_MOST)
    wish = (offer.product.id, offer.bill.quantity, amount, latest, *offer.voucher)
    return Button(keyboards.DEPOSIT_OF.plain(amount=money.rupiah(amount)), pack("deposit_for", *wish))


def _pay(
    method: str,
    turn: Turn,
    product_id: int,
    quantity: int,
    total: int,
    latest: int,
    voucher: int = 0,
    mark: int = 0,
) -> Reply:
    """`total` is what the person agreed to, compared with today's price and never charged.

    `latest`: the newest order when the button was drawn; a newer one means that it was pressed before.
    `mark`: the product that was shown, which may have another number by now.
    """
    newer = _newer(turn, latest)
    if newer:
        return _pressed_before(turn, newer, (product_id, quantity, voucher), by_qris=method == Order.QRIS)
    limits.spend("checkout", turn.person.id)
    order = checkout.place(
        turn.person.id,
        product_id,
        quantity,
        method=method,
        agreed=total,
        voucher=_code(voucher),
        mark=mark,
        message_id=turn.event.message_id,
    )
    return show("preparing" if order.state == Order.PENDING else "bought", order.id)


pay_by_qris = partial(_pay, Order.QRIS)
pay_by_balance = partial(_pay, Order.BALANCE)


def spend(turn: Turn, product_id: int, quantity: int, total: int, voucher: int = 0, mark: int = 0) -> Reply:
    """`SALDO` with too little: on to the deposit, and word of a price that is not the summary's any more."""
    offer = _offer(turn.person, product_id, quantity, voucher)
    products.must_be(offer.product, mark)
    changed = offer.total != total
    toast = refusal_texts.PRICE_CHANGED.plain(total=money.rupiah(offer.total)) if changed else None
    return show("balance", product_id, quantity, *offer.voucher, toast=toast, alert=changed)


def still_open(turn: Turn, order_id: int, *, pressed_twice: bool = False) -> Reply:
    """Only one unpaid order: bring its QR back to the end of the chat, unless it is there or on its way."""
    order = orders.of_user(order_id, turn.person.id)
    payment = payments.of_order(order_id)
    if payment is None or payment.state != Payment.OPEN:
        return _tell(turn, texts.ON_ITS_WAY, order)
    if pressed_twice:
        return _tell(turn, texts.OPEN_BELOW, order)
    payments.send_qr(order_id)
    return _tell(turn, texts.STILL_OPEN, order)


def check(turn: Turn, order_id: int) -> Reply:
    """`Status Pembayaran`: the answer appears where it was pressed, or the goods do."""
    order = orders.of_user(order_id, turn.person.id)
    if order.state in {Order.PAID, Order.DELIVERED}:
        return toast(texts.ALREADY_PAID.plain())
    if order.state != Order.PENDING:
        raise OrderClosed(order.state)
    payment = payments.of_order(order_id)
    if payment is None or payment.state != Payment.OPEN:
        return toast(texts.ON_ITS_WAY.plain(invoice=order.invoice))
    limits.spend("status", turn.person.id)
    is_page = turn.event.message_id != order.message_id and not turn.event.on_picture
    payments.recheck_for_buyer(order_id, turn.event.message_id if is_page else None)
    return toast(texts.CHECKING.plain())


def cancel(turn: Turn, order_id: int) -> Reply:
    """Raises Unknown, OrderClosed. The QR goes, wherever it was cancelled from."""
    order = settlement.cancel(order_id, turn.person.id)
    done = texts.CANCELED.plain()
    if order.message_id is None:
        return show("closed", order_id, toast=done)
    return toast(done) if order.message_id == turn.event.message_id else show("order", order_id, toast=done)


def preparing(person: User, order_id: int) -> Screen:
    return _waiting(texts.PREPARING, orders.of_user(order_id, person.id))


def slow(order: Order) -> Screen:
    """The same after a few seconds, with the reason."""
    return _waiting(texts.SLOW, order)


def _waiting(text: Text, order: Order) -> Screen:
    cancel_row = [Button(keyboards.CANCEL, pack("cancel", order.id))]
    return Screen(text(invoice=order.invoice), [cancel_row], fleeting=True, order_id=order.id)


def _offer(person: User, product_id: int, quantity: int, voucher: int) -> _Offer:
    product = products.get(product_id)
    if not 1 <= quantity <= checkout.MOST_ITEMS:
        raise BadQuantity(checkout.MOST_ITEMS)
    if stock.left(product) < quantity:
        raise OutOfStock(product_id, product.available)
    code = _code(voucher)
    reduction = vouchers.usable(code, person.id) if code else None
    bill = products.bill_for(product, person, quantity)
    total = vouchers.less(bill.total, reduction)
    return _Offer(product, bill, total, reduction, (voucher,) if reduction else ())


def _code(voucher: int) -> str | None:
    """Raises VoucherUnknown for a made-up button."""
    return vouchers.code(voucher) if voucher else None


def _reduction(offer: _Offer) -> Html:
    """What the voucher takes off, or nothing."""
    if offer.reduction is None:
        return Html()
    return texts.VOUCHER(code=offer.reduction.code, amount=money.rupiah(offer.bill.total - offer.total))


def _ways(person: User, offer: _Offer) -> list[Html]:
    """What each way to pay comes to; that it is free, and what of the voucher is lost."""
    total = offer.total
    if offer.reduction and not total:
        lost = offer.reduction.amount - offer.bill.total
        return [texts.FREE(), texts.LOST(lost=money.rupiah(lost)) if lost else texts.AT_ONCE()]
    balance = texts.BY_BALANCE(total=money.rupiah(total), balance=money.rupiah(person.balance))
    return [_by_qris(total), balance]


def _by_qris(total: int) -> Html:
    """The fee is the gateway's own where it was asked lately."""
    if total < money.QRIS_LEAST:
        return texts.TOO_LITTLE_FOR_QRIS(least=money.rupiah(money.QRIS_LEAST))
    if total > money.QRIS_MOST:
        return texts.TOO_MUCH_FOR_QRIS(most=money.rupiah(money.QRIS_MOST))
    told = quotes.fee(total)
    fee = money.estimated_fee(total) if told is None else told
    text = texts.BY_QRIS_ESTIMATED if told is None else texts.BY_QRIS if fee else texts.BY_QRIS_ALONE
    return text(payable=money.rupiah(total + fee), fee=money.rupiah(fee))


def _newer(turn: Turn, latest: int) -> Order | None:
    newest = orders.latest_id(turn.person.id)
    return orders.get(newest) if newest > latest else None


def _tell(turn: Turn, sentence: Text, order: Order) -> Reply:
    """A deposit's amount may be typed, and then there is no press to answer."""
    if turn.event.is_press:
        return toast(sentence.plain(invoice=order.invoice), alert=True)
    return say(sentence(invoice=order.invoice))


def _pressed_before(turn: Turn, newer: Order, chosen: tuple[int, int, int], *, by_qris: bool) -> Reply:
    """There is a newer order than the button knows of, perhaps of another device, as it is now."""
    if newer.state == Order.PENDING:
        return still_open(turn, newer.id, pressed_twice=by_qris)
    if newer.state in {Order.EXPIRED, Order.CANCELED}:
        state = order_texts.STATES[newer.state]
        return show(
            "summary", *chosen, toast=texts.ENDED.plain(invoice=newer.invoice, state=state), alert=True
        )
    return toast(texts.ALREADY_BOUGHT.plain(invoice=newer.invoice), alert=True)


def _leave(back: str) -> list[Button]:
    return [
        Button(keyboards.SUMMARY_BACK, back),
        Button(keyboards.SUMMARY_CANCEL, pack("home")),
    ]

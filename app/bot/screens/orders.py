"""What an order looks like once it exists: its QR, its end, its page with timeline and goods.

`qr`, `paid`, `closed` and `goods_heading` are drawn by workers, the others when the buyer asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app import money
from app.bot.screens import checkout
from app.bot.screens import qr as qr_pictures
from app.bot.screens import testimonials as testimonial_screens
from app.bot.screens.vouchers import carried
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products
from app.errors import ShopError, VoucherRefused
from app.infra import limits
from app.sales import claims, delivery, goods, orders, payments, refunds, testimonials, vouchers, warranty
from app.sales.refunds import Given
from app.texts import clock, explained, html, order_words
from app.texts.html import Html, Text
from app.texts.screens import deposits as deposit_texts
from app.texts.screens import orders as texts
from app.texts.screens import warranty as warranty_texts
from models import Order, Payment, User, utcnow

NAME_UNITS = 200
#: Of a name in the list of all orders.
LISTED_UNITS = 24
PAGE = 8


def qr(order_id: int, *, checked: bool = False) -> Screen:
    """The gateway's QR with its own fee and total; `checked` tells that it was just asked in vain."""
    order, payment = orders.with_product(order_id), payments.of_order(order_id)
    assert payment is not None
    assert payment.qr_string is not None
    assert payment.fee is not None
    assert payment.total is not None
    text = deposit_texts.QR if order.kind == Order.DEPOSIT else texts.QR
    caption = text(
        invoice=order.invoice,
        amount=money.rupiah(payment.amount),
        bill=_bill(payment.total, payment.fee),
        deadline=clock.minute(order.expires_at),
        left=qr_pictures.minutes_left(order),
        below=texts.CHECKED(at=clock.second(utcnow())) if checked else texts.SAME_PHONE(),
    )
    return Screen(
        caption, _payment_buttons(order, payment), photo=qr_pictures.picture(order, payment, name(order))
    )


def _bill(total: int, fee: int) -> Html:
    """The gateway's own figures: it may charge the shop with the fee."""
    text = texts.BILL if fee else texts.BILL_ALONE
    return text(total=money.rupiah(total), fee=money.rupiah(fee))


def paid(order_id: int) -> Screen:
    """What was bought, and what was really paid for it; of a deposit, that it is there, and the way on."""
    order = orders.with_product(order_id)
    if order.kind == Order.DEPOSIT:
        return _deposited(order)
    is_late = order.reason == Order.LATE
    late = texts.LATE_SENT if order.state == Order.DELIVERED else texts.LATE
    facts = {"invoice": order.invoice, "name": name(order), "quantity": order.quantity}
    text = (late if is_late else texts.PAID)(paid=really_paid(order), **facts)
    return Screen(text, keyboards.onward(order.id) if is_late else [])


def really_paid(order: Order) -> Html:
    """The gateway's fee included, or what an operator took for paid; or that there was nothing to pay."""
    payment = payments.of_order(order.id)
    if payment is None:
        paid_from_balance = texts.PAID_BY_BALANCE(amount=money.rupiah(order.total))
        return paid_from_balance if order.total else texts.PAID_BY_VOUCHER(code=order.voucher_id)
    if payment.accepted is not None or not payment.fee:
        amount = payment.accepted or payment.total or payment.amount
        return texts.PAID_ALONE(amount=money.rupiah(amount))
    return texts.PAID_WITH_FEE(amount=money.rupiah(payment.total or 0), fee=money.rupiah(payment.fee))


def _deposited(order: Order) -> Screen:
    """Straight back to what it was made for, if that can still be had."""
    person, wish = order.user, orders.wish(order)
    received, balance = money.rupiah(_received(order)), money.rupiah(person.balance)
    text = texts.DEPOSITED(invoice=order.invoice, total=received, balance=balance)
    if wish is None:
        return Screen(text, keyboards.shop())
    try:
        purchase, problem = _wished(person, wish)
    except ShopError as error:
        return Screen(html.lines([text, explained.problem(error)]), keyboards.shop())
    return Screen(html.lines([text, *problem, Html(), Html(purchase.text)]), purchase.buttons)


def _wished(person: User, wish: orders.Wish) -> tuple[Screen, list[Html]]:
    """The purchase, and what is wrong with its voucher: one that lapsed meanwhile is left out.

    Raises ShopError.
    """
    products.must_be(products.get(wish.product), wish.mark)
    try:
        return checkout.balance(person, wish.product, wish.quantity, wish.voucher), []
    except VoucherRefused as refused:
        return checkout.balance(person, wish.product, wish.quantity), [explained.problem(refused)]


def closed(order_id: int) -> Screen:
    """Expired, canceled by whom, or refused by the gateway, which leaves the balance to pay with."""
    order = orders.with_product(order_id)
    what = {"invoice": order.invoice, "name": name(order), "quantity": order.quantity}
    if order.state == Order.CREDITED:
        total = money.rupiah(_received(order))
        return Screen(texts.CREDITED(invoice=order.invoice, total=total), keyboards.onward(order.id))
    if order.product_id is None:
        return Screen(_end_of_deposit(order), _to_deposit(orders.wish(order)))
    back = keyboards.back("product", order.product_id, order.quantity, *_voucher(order))
    if order.state == Order.EXPIRED:
        return Screen(texts.EXPIRED(**what), back)
    if order.reason == Order.BY_BUYER:
        return Screen(texts.CANCELED(**what), back)
    if order.reason == Order.BY_OPERATOR:
        return Screen(texts.CANCELED_BY_SHOP(**what), back)
    offer = [Button(keyboards.BALANCE, pack("balance", order.product_id, order.quantity, *_voucher(order)))]
    return Screen(texts.GATEWAY(**what), [offer, *back])


def _received(order: Order) -> int:
    return payments.credited(order, payments.of_order(order.id))


def _to_deposit(wish: orders.Wish | None) -> Rows:
    """Once more, and on from there to what it was for."""
    if wish is None:
        return keyboards.back("deposit")
    return keyboards.back("deposit_other", wish.product, wish.quantity, *carried(wish.voucher))


def _end_of_deposit(order: Order) -> Html:
    if order.state == Order.EXPIRED:
        return deposit_texts.EXPIRED(invoice=order.invoice)
    by_whom = {Order.BY_BUYER: deposit_texts.CANCELED, Order.BY_OPERATOR: deposit_texts.CANCELED_BY_SHOP}
    return by_whom.get(order.reason or "", deposit_texts.GATEWAY)(invoice=order.invoice)


def _voucher(order: Order) -> tuple[int, ...]:
    """As buttons carry it on."""
    return (vouchers.number(order.voucher_id),) if order.voucher_id else ()


def goods_heading(order: Order) -> str:
    """What stands above the goods, as HTML."""
    return texts.GOODS(name=name(order), invoice=order.invoice, quantity=order.quantity)


def goods_buttons(order: Order) -> Rows:
    """What hangs under the goods: stars, as long as they are not rated, and the ways on."""
    is_unrated = order.state != Order.DELIVERED or not testimonials.of_order(order.id)
    return [*(keyboards.stars(order.id) if is_unrated else []), *keyboards.onward(order.id)]


def replacement_heading(order: Order) -> str:
    """The same above what replaces one of them."""
    return texts.REPLACEMENT(name=name(order), invoice=order.invoice)


def replacement_buttons(order: Order) -> Rows:
    return [[Button(keyboards.SEE_ORDER, pack("order", order.id))]]


def bought(person: User, order_id: int) -> Screen:
    """What the balance has paid for, where it was pressed."""
    return replace(paid(orders.of_user(order_id, person.id).id), buttons=keyboards.onward(order_id))


def ended(person: User, order_id: int) -> Screen:
    return closed(orders.of_user(order_id, person.id).id)


def history(person: User, number: int) -> Screen:
    page = paging.of_query(orders.history(person.id), number, PAGE)
    names = products.names(order.product_id for order in page.items)
    pager = keyboards.pager("history", page=page.number, pages=page.pages, up=pack("account"))
    given = refunds.given(page.items)
    rows = [
        [Button(_label(order, names, order.id in given), pack("order", order.id))] for order in page.items
    ]
    return Screen(texts.HISTORY() if rows else texts.NO_HISTORY(), [*rows, *pager])


def order(person: User, order_id: int, *, checked: bool = False) -> Screen:
    """`checked` as for the QR. Raises Unknown."""
    found = orders.with_product(order_id, person.id)
    payment = payments.of_order(order_id) if found.state == Order.PENDING else None
    given = refunds.given([found]).get(order_id)
    page = deposit_texts.PAGE if found.kind == Order.DEPOSIT else texts.PAGE
    text = page(
        invoice=found.invoice,
        state=_state(found, given),
        name=name(found),
        quantity=found.quantity,
        price=money.rupiah(found.unit_price),
        discount=discount(found),
        total=money.rupiah(found.total),
        method=method(found),
        warranty=covered(found),
        timeline=html.lines(_told(found, given)),
    )
    if checked and payment:
        text = Html(text + texts.PAGE_CHECKED(at=clock.second(utcnow())))
    text = Html(text + testimonial_screens.given(order_id))
    page_of_history = paging.behind(orders.newer_than(found), PAGE)
    return Screen(text, [*_order_buttons(found, payment), *keyboards.back("history", page_of_history)])


def view_goods(turn: Turn, order_id: int) -> Reply:
    """`Lihat Produk`: here if they fit a message, else they are sent again. Raises Unknown, TooFast."""
    found = orders.of_user(order_id, turn.person.id)
    if found.state != Order.DELIVERED or found.product_id is None:
        return toast(texts.NO_GOODS.plain())
    limits.spend("goods", turn.person.id)
    fits = goods.as_text(found) is not None
    delivery.view(found, again=not fits)
    return show("goods", order_id) if fits else toast(texts.SENT_AGAIN.plain())


def goods_page(person: User, order_id: int) -> Screen:
    """Raises Unknown."""
    found = orders.with_product(order_id, person.id)
    shown = Html(goods.as_text(found) or "") if found.state == Order.DELIVERED else texts.NO_GOODS()
    text = texts.GOODS_AGAIN(heading=Html(goods_heading(found)), goods=shown)
    return Screen(text, keyboards.back("order", order_id))


def name(order: Order) -> str:
    """What was bought, short enough for any message."""
    return html.cut(order.product.name, NAME_UNITS) if order.product else texts.DEPOSIT.said()


def discount(order: Order) -> Html:
    """The line of an order's page that tells what was taken off, a voucher included; or nothing."""
    if not order.discount:
        return Html()
    voucher = texts.WITH_VOUCHER(code=order.voucher_id) if order.voucher_id else ""
    return texts.DISCOUNT(discount=money.rupiah(order.discount), voucher=voucher)


def covered(order: Order) -> Html:
    """The line of its warranty; or nothing."""
    if not order.warranty_days:
        return Html()
    until = warranty.ends_at(order)
    if until is None:
        return warranty_texts.FROM_DELIVERY(days=order.warranty_days)
    text = warranty_texts.UNTIL if warranty.is_running(order) else warranty_texts.ENDED
    return text(until=clock.moment(until))


def method(order: Order) -> str:
    """How it was paid; a voucher may have left nothing to pay."""
    return (texts.METHODS[order.method] if order.total else texts.BY_VOUCHER).said()


def _label(order: Order, names: dict[int, str], refunded: bool) -> str:
    deposit = keyboards.DEPOSIT_OF.plain(amount=money.rupiah(order.total))
    return keyboards.PAST_ORDER.plain(
        mark=texts.REFUND_MARK if refunded else texts.MARKS[order.state],
        name=html.cut(names[order.product_id], LISTED_UNITS) if order.product_id else deposit,
        day=clock.short_day(order.created_at),
        invoice=order.invoice,
    )


def _state(order: Order, given: Given | None) -> Html:
    if given:
        return texts.REFUNDED_STATE(mark=texts.REFUND_MARK, amount=money.rupiah(given.amount))
    return texts.STATE(mark=texts.MARKS[order.state], state=texts.STATES[order.state])


def _told(order: Order, given: Given | None) -> Iterator[Html]:
    moments = ((at, what()) for at, what in _timeline(order, given))
    return order_words.by_day(moments, clock.minute)


def _timeline(order: Order, given: Given | None) -> Iterator[tuple[datetime, Text]]:
    yield order.created_at, texts.PLACED
    if order.state == Order.PENDING and order.expires_at:
        yield order.expires_at, texts.DEADLINE
    if order.paid_at:
        yield order.paid_at, texts.PAYMENT
    if order.delivered_at:
        yield order.delivered_at, texts.SENT
    elif order.closed_at and order.state in texts.CLOSED:
        yield order.closed_at, texts.CLOSED[order.state]
    yield from _claimed(order)
    if given:
        yield given.at, texts.REFUNDED


def _claimed(order: Order) -> Iterator[tuple[datetime, Text]]:
    moments = []
    for claim in claims.of_order(order.id) if order.warranty_days else ():
        moments.append((claim.opened_at, warranty_texts.OPENED))
        if claim.answered_at:
            moments.append((claim.answered_at, warranty_texts.ANSWERED[claim.state]))
    yield from sorted(moments, key=lambda moment: moment[0])


def _order_buttons(order: Order, payment: Payment | None) -> Rows:
    if order.state == Order.DELIVERED and order.product_id:
        stars = keyboards.stars(order.id) if testimonials.may_rate(order) else []
        claim = [[Button(keyboards.CLAIM, pack("claim", order.id))]] if warranty.is_running(order) else []
        return [[Button(keyboards.GOODS, pack("goods", order.id))], *claim, *stars]
    return _payment_buttons(order, payment) if payment else []


def _payment_buttons(order: Order, payment: Payment) -> Rows:
    page = [Button(keyboards.PAYMENT_PAGE, url=payment.page_url)] if payment.page_url else []
    status = Button(keyboards.STATUS, pack("check", order.id))
    return [[*page, status], [Button(keyboards.CANCEL, pack("cancel", order.id))]]

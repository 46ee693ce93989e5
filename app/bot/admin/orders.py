"""`/order` and `/pending`: one order with all that happened to it, and what staff can do for it."""

from __future__ import annotations

from app import money
from app.bot.operators import verdicts
from app.bot.parsing import fields
from app.bot.screens import orders as screens
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import OrderClosed
from app.money import typed
from app.people import users
from app.sales import contradictions, delivery, history, orders, payments, settlement
from app.sales.history import Job, Moment
from app.texts import arrival, causes, clock, html, job_words, order_words
from app.texts import refusals as refusal_texts
from app.texts.admin import orders as texts
from app.texts.html import Html
from app.texts.screens import orders as order_texts
from models import Contradiction, Order, Payment, User

PAGE, MOMENTS, FACT_UNITS, NAME_UNITS = 8, 15, 60, 30
#: Of an order's failures the latest, each in short.
FAILURES = 2


def order(turn: Turn) -> Reply:
    """`/order TRX…`, or all of a buyer's: `/order @alice`. Alone, as the menu sends it, is a
    wrong format too. Raises WrongFormat, Unknown."""
    said = typed.seen(turn.rest)
    if said.startswith("@"):
        return show("orders_of", fields.person(said, "order").id, 1)
    return show("admin_order", fields.order(turn.rest, "order").id)


def admin_order(_person: User, order_id: int) -> Screen:
    """Raises Unknown."""
    found, payment = orders.with_product(order_id), payments.of_order(order_id)
    contradiction = contradictions.of_order(order_id) if payment else None
    # Of goods that have arrived the story tells; a resend that fails is told by itself.
    jobs = history.jobs(found) if found.state != Order.DELIVERED else None
    moments = history.timeline(found, payment)
    text = texts.ORDER(
        invoice=found.invoice,
        state=order_texts.STATE(mark=order_texts.MARKS[found.state], state=_state(found, jobs or [])),
        arrival=texts.ARRIVAL(told=arrival.told(found, jobs, contradiction)) if jobs is not None else "",
        failed=html.lines(_failure(job) for job in _beside_delivery(jobs or [])),
        buyer=html.cut(found.user.name, FACT_UNITS),
        name=screens.name(found),
        quantity=found.quantity,
        price=money.rupiah(found.unit_price),
        discount=screens.discount(found),
        total=money.rupiah(found.total),
        method=screens.method(found),
        payment=_payment(payment, contradiction) if payment else "",
        contradiction=_contradiction(contradiction),
        claims=texts.CLAIMS(claims=found.claims) if found.claims else "",
        story=_story(found, payment, moments),
    )
    return Screen(text, [*verdicts.buttons(contradiction), *_buttons(found, refunded=_is_refunded(moments))])


def _state(order: Order, jobs: list[Job]) -> str:
    """What nobody sends, or can send, is not on its way."""
    is_sent = any(job.actor == history.DELIVER and job.error is None for job in jobs)
    is_stuck = order.state == Order.PAID and not is_sent
    return texts.NOT_SENT if is_stuck else order_texts.STATES[order.state]


def _beside_delivery(jobs: list[Job]) -> list[Job]:
    """What else failed for good, the latest last."""
    return [job for job in jobs if job.error is not None and job.actor != history.DELIVER][-FAILURES:]


def _failure(job: Job) -> Html:
    return texts.FAILED(
        what=job_words.what(job.actor),
        at=clock.moment(job.due_at),
        attempts=job.attempt,
        cause=causes.told(job.error or "", job.actor),
    )


def back(turn: Turn) -> Reply:
    """Out of a question about an order."""
    return show("admin_order", int(turn.session.facts["order"]))


def ask_resend(_turn: Turn, order_id: int, *_old: int) -> Reply:
    """`Kirim Ulang`: what was delivered before may be wanted for another reason. Raises Unknown."""
    if orders.get(order_id).state == Order.DELIVERED:
        return show("resend", order_id)
    return _resend(order_id, Order.PAID, delivery.last_change_ms(order_id))


def resend_question(_person: User, order_id: int) -> Screen:
    """Only again, or is there something wrong with the goods? Raises Unknown."""
    found = orders.with_product(order_id)
    text = texts.RESEND(
        invoice=found.invoice,
        name=screens.name(found),
        buyer=html.cut(found.user.name, FACT_UNITS),
        claim=keyboards.CLAIM,
        give_back=keyboards.GIVE_BACK,
    )
    only = Button(keyboards.RESEND_ONLY, pack("resend_only", order_id, delivery.last_change_ms(order_id)))
    claim = Button(keyboards.CLAIM, pack("claim_for", order_id))
    give = Button(keyboards.GIVE_BACK, pack("give_back", order_id))
    return Screen(text, [[only], [claim], [give], *keyboards.back("admin_order", order_id)])


def resend(_turn: Turn, order_id: int, seen_ms: int) -> Reply:
    """Once for the order as it was when the button was drawn. Raises Unknown."""
    return _resend(order_id, Order.DELIVERED, seen_ms)


def _resend(order_id: int, seen: str, seen_ms: int) -> Reply:
    if orders.get(order_id).state not in {Order.PAID, Order.DELIVERED}:
        return toast(texts.NOTHING_TO_SEND.plain(), alert=True)
    outcome = delivery.send_again(order_id, state=seen, seen_ms=seen_ms)
    said = {
        delivery.SENDING: texts.RESENDING,
        delivery.UNDER_WAY: texts.RESENDING_ALREADY,
        delivery.MOVED_ON: texts.MOVED_ON,
    }
    return show("admin_order", order_id, toast=said[outcome].plain())


def recheck(_turn: Turn, order_id: int) -> Reply:
    """`Cek Pembayaran`. Raises Unknown."""
    payment = payments.recheck(orders.get(order_id).id)
    if payment is None:
        return toast(texts.NOT_AT_GATEWAY.plain(), alert=True)
    if payment.state == Payment.COMPLETED:
        return toast(texts.PAYMENT_STATES[payment.state].said().capitalize())
    return toast(texts.ASKING.plain(), alert=True)


def cancel(_turn: Turn, order_id: int, page: int = 0) -> Reply:
    """`Batalkan` of an unpaid order: on its own page, or on a `page` of `/pending`.

    Raises Unknown. One that was paid or ended meanwhile is shown as it is now.
    """
    try:
        said = texts.CANCELED.plain(invoice=settlement.cancel_by_operator(order_id).invoice)
    except OrderClosed as closed:
        said = refusal_texts.ORDER_CLOSED.plain(state=order_texts.STATES[closed.state])
    return show("pending", page, toast=said) if page else show("admin_order", order_id, toast=said)


def pending(_person: User, number: int) -> Screen:
    page = paging.of_query(orders.pending(), number, PAGE, shown=orders.pending_with_buyers())
    rows = [row for each in page.items for row in _pending(each, page.number)]
    if not rows:
        return Screen(texts.NO_PENDING())
    turn_page = keyboards.pager("pending", page=page.number, pages=page.pages)
    return Screen(texts.PENDING(count=page.count), [*rows, *turn_page])


def _pending(found: Order, page: int) -> Rows:
    """A row each: half a row would cut the invoice off."""
    cancel_it = Button(
        keyboards.CANCEL_ONE.plain(invoice=found.invoice), pack("cancel_order", found.id, page)
    )
    return [[Button(_label(found), pack("admin_order", found.id))], [cancel_it]]


def _label(found: Order) -> str:
    name = html.cut(found.user.name, NAME_UNITS)
    return keyboards.PENDING_ORDER.plain(invoice=found.invoice, total=money.rupiah(found.total), name=name)


def _payment(payment: Payment, found: Contradiction | None) -> Html:
    txn = texts.TXN(txn_id=payment.txn_id) if payment.txn_id else ""
    return texts.PAYMENT(state=order_words.at_gateway(payment, found), txn=txn)


def _contradiction(found: Contradiction | None) -> Html:
    return texts.CONTRADICTION(text=order_words.contradiction(found)) if found else Html()


def _is_refunded(moments: list[Moment]) -> bool:
    return any(each.what == "balance.changed" and each.facts.get("reason") == "refund" for each in moments)


def _story(order: Order, payment: Payment | None, moments: list[Moment]) -> Html:
    """Each day once, then its times."""
    names = users.names(order_words.doers(moments) - {order.user_id})
    told = order_words.story(order, payment, moments, names)
    earlier = len(told) - MOMENTS
    lines = [texts.EARLIER(count=earlier)] if earlier > 0 else []
    lines += order_words.by_day((each.at, each.what) for each in told[-MOMENTS:])
    return html.lines(lines)


def _buttons(found: Order, *, refunded: bool) -> Rows:
    """A press that makes no sense for the order as it has become meanwhile says so."""
    has_goods = found.product_id is not None and found.state in {Order.PAID, Order.DELIVERED}
    goods = help_with_goods(found, refunded=refunded) if has_goods else []
    look = [
        Button(keyboards.RECHECK, pack("recheck", found.id)),
        Button(keyboards.REFRESH, pack("admin_order", found.id)),
    ]
    buyer = keyboards.person(found.user_id)
    if found.state == Order.PENDING:
        return [look, [Button(keyboards.CANCEL, pack("cancel_order", found.id))], *buyer]
    return [*goods, look, *buyer]


def help_with_goods(found: Order, *, refunded: bool = False) -> Rows:
    """Send them again, or give the money back, which happens once."""
    again = Button(keyboards.RESEND, pack("resend", found.id))
    back = [] if refunded else [Button(keyboards.GIVE_BACK, pack("give_back", found.id))]
    return [[again, *back]]

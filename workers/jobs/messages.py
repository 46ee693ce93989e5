"""Messages that must not be lost: the QR and what becomes of it, notices and figures."""

from __future__ import annotations

from typing import Any

from app.bot import notices
from app.bot.admin import stats
from app.bot.pictures import paid_card
from app.bot.screens import checkout
from app.bot.screens import orders as screens
from app.infra.queue import lanes
from app.infra.queue.retries import Later
from app.people import users
from app.sales import orders, payments
from models import Order, Payment
from workers.jobs import show
from workers.policies import patient

#: What a buyer whom it could not reach hears when they are back: what became of their money and claims.
TOLD_LATER = {
    "refunded",
    "credited",
    "late_credited",
    "balance_changed",
    "claim_refused",
    "promoted",
    "unbanned",
}
#: They let the bot write again while it tried, or its message is on the way.
BACK_AGAIN_MS = 1_000


@patient
def send_qr(order_id: int) -> None:
    """Show the QR in a message of its own, instead of the one that said "preparing". Goods, once paid, go
    before it."""
    order = orders.get(order_id)
    if order.state != Order.PENDING:
        return
    with lanes.yielding(lanes.PRESSED), show.for_reader(order.user_id):
        message_id = show.send(order.user_id, screens.qr(order_id))
    if message_id is None:  # what says "preparing" stays the order's message
        tell_later(order.user_id, "send_qr", order_id)
        return
    former = orders.show_in(order_id, message_id)
    if former:
        show.discard(order.user_id, former)


@patient
def show_slow(order_id: int) -> None:
    """Why the QR is not there yet, where the buyer waits for it; later if that is still on its way."""
    order, payment = orders.get(order_id), payments.of_order(order_id)
    if order.state != Order.PENDING or not payment or payment.state != Payment.OPENING:
        return
    if not order.message_id:
        raise Later(BACK_AGAIN_MS)
    with show.for_reader(order.user_id):
        show.edit(order.user_id, order.message_id, checkout.slow(order))


@patient
def delete_message(chat_id: int, message_id: int) -> None:
    """One that another has replaced, when there was no room for it at once."""
    show.delete(chat_id, message_id)


@patient
def show_checked(order_id: int, page_id: int | None = None) -> None:
    """Tell under the QR when the gateway was last asked, still without a payment; or in the order's page."""
    order = orders.get(order_id)
    with show.for_reader(order.user_id):
        if page_id:
            page = screens.order(users.get(order.user_id), order_id, checked=True)
            show.edit(order.user_id, page_id, page)
        elif order.state == Order.PENDING and order.message_id:
            show.edit_caption(order.user_id, order.message_id, screens.qr(order_id, checked=True))


@patient
def show_paid(order_id: int) -> None:
    """The QR gives way to word that it was paid, in its place; a late payment has no QR left and gets a
    message. Money that came into the balance is a message too, from which the buyer goes on. Who cannot be
    reached has it as soon as they are back: no QR stays that could be paid again."""
    order = orders.get(order_id)
    if order.method == Order.BALANCE:
        return  # the screen that the buyer pressed says so
    with show.for_reader(order.user_id):
        screen = screens.paid(order_id)
    if order.kind == Order.PURCHASE and order.message_id and order.reason != Order.LATE:
        shown = show.edit_picture(order.user_id, order.message_id, screen, paid_card.png())
    else:
        shown = show.send(order.user_id, screen)
    if shown is None:
        tell_later(order.user_id, "show_paid", order_id)
    elif order.kind == Order.DEPOSIT and (former := orders.show_in(order_id, None)):
        show.discard(order.user_id, former)


@patient
def show_closed(order_id: int) -> None:
    """The order's message is replaced by the news that it ended, for the absent when they are back. Where a
    rush ends, a thousand end at one moment: no goods wait for that."""
    order = orders.get(order_id)
    if order.state not in {Order.EXPIRED, Order.CANCELED} or not order.message_id:
        return
    with lanes.yielding(), show.for_reader(order.user_id):
        if show.send(order.user_id, screens.closed(order_id)) is None:
            tell_later(order.user_id, "show_closed", order_id)
            return
    show.discard(order.user_id, order.message_id)
    orders.show_in(order_id, None)


@patient
def send_notice(chat_id: int, kind: str, data: dict[str, Any], thread_id: int | None = None) -> None:
    """A notice to one person or group; its words are in app/bot/notices.py. `thread_id`: where asked. Each
    sale brings one to every admin: no goods wait for that."""
    with lanes.yielding(), show.in_topic(chat_id, thread_id), show.for_reader(chat_id):
        sent = show.send(chat_id, notices.render(kind, data))
    if sent is None and kind in TOLD_LATER:
        tell_later(chat_id, "send_notice", chat_id, kind, data)


def tell_later(user_id: int, actor: str, *args: Any) -> None:
    if not users.tell_later(user_id, actor, *args):
        raise Later(BACK_AGAIN_MS)


@patient
def send_stats(chat_id: int, thread_id: int | None = None) -> None:
    """Drawn anew at every try: figures of an hour ago would mislead."""
    with show.in_topic(chat_id, thread_id), show.for_reader(chat_id):
        show.send(chat_id, stats.picture())

"""Deliveries: the goods of a paid order on the wire, with what is known of each message noted."""

from __future__ import annotations

from datetime import datetime

import structlog

from app import audit
from app.bot.screens import orders as screens
from app.bot.toolkit.screen import Screen
from app.catalogue import stockroom
from app.clients import telegram
from app.errors import (
    Blocked,
    ClientError,
    DeadFile,
    Doubtful,
    MaybeDelivered,
    OrderClosed,
    Refused,
    Unreachable,
)
from app.infra import transactions
from app.infra.metrics import counters
from app.infra.queue import waiting
from app.infra.queue.retries import Later
from app.people import notices, users
from app.sales import claims, delivery, goods, orders
from app.sales.goods import Part
from app.texts import languages
from models import Delivery, Order, StockItem, utcnow
from workers.policies import patient

log = structlog.get_logger()

#: Goods go out at most so often, over a quarter of an hour, while Telegram does not say whether they arrived.
MOST_DOUBTS, LONGEST_DOUBT_S = 10, 300.0
#: As what else goods can be sent that Telegram refuses: a file id may be of the other kind.
OTHERWISE = {
    goods.TEXT: goods.FILE,
    StockItem.DOCUMENT: StockItem.STICKER,
    StockItem.STICKER: StockItem.DOCUMENT,
}
#: The Bot API's names of what sends them.
CALLS = {
    goods.TEXT: "sendMessage",
    goods.FILE: "sendDocument",
    StockItem.DOCUMENT: "sendDocument",
    StockItem.STICKER: "sendSticker",
}

#: The buyer blocked the bot and let it write again while goods were on their way.
BACK_AGAIN_MS = 1_000


@patient
def deliver_order(order_id: int) -> None:
    """Send the goods that were fixed when the order was paid: the parts that are not surely there yet."""
    order = orders.with_product(order_id)
    if order.state not in {Order.PAID, Order.DELIVERED}:
        return
    try:
        hand_over_all(order)
    except OrderClosed:
        log.warning("credited while it was to be delivered", invoice=order.invoice)
    except Blocked:
        postpone_until_they_write(order, order.user.seen_at)
    else:
        if moved := delivery.mark_delivered(order_id):
            count_goods(moved)
        if order.state == Order.DELIVERED:
            claims.mark_handed_over(order_id)


def count_goods(order: Order) -> None:
    """How long the buyer waited: since the first word of the payment, or since it was booked if that is
    longer ago, as after a delivery that failed and was begun anew."""
    since_paid_s = (utcnow() - order.paid_at).total_seconds()
    counters.GOODS.labels(order.method).observe(max(waiting.seconds(), since_paid_s))


def hand_over_all(order: Order) -> None:
    """Every part that is not surely there yet. One that Telegram refuses keeps back none of the others."""
    already, refusal = delivery.sent_parts(order.id), None
    for part in goods.parts(order):
        if part.number in already:
            continue
        try:
            hand_over(order, part)
        except Refused as error:
            log.error("goods refused", invoice=order.invoice, part=part.number, error=str(error))
            refusal = refusal or error
            if isinstance(error, DeadFile) and order.product_id:
                stockroom.forget_file(order.product_id, part.content)
    if refusal:
        raise refusal


def hand_over(order: Order, part: Part) -> None:
    """One part on the wire, with what is known of it recorded before and after."""
    delivery.begin(order.id, part.number)
    try:
        message_id = send(order, part)
    except ClientError as error:
        if isinstance(error, Unreachable) and error.delivered == "maybe":
            raise doubtful(delivery.doubt(order.id, part.number), error) from error
        delivery.withdraw(order.id, part.number)
        raise
    delivery.note(order.id, part.number, Delivery.SENT, message_id)


def doubtful(tries: int, error: Unreachable) -> ClientError:
    """Whether to send again what may have arrived: further and further apart, and not for ever."""
    if tries % MOST_DOUBTS == 0:
        return MaybeDelivered(f"sent {tries} times without an answer, the last: {error}")
    return Doubtful(str(error), min(2.0 ** (tries % MOST_DOUBTS), LONGEST_DOUBT_S))


def send(order: Order, part: Part) -> int:
    """A part as what it is; should Telegram not take it as that, as what it may be as well."""
    heading = heading_of(order, part)
    try:
        return send_as(part.kind, order, part, heading)
    except Refused as refusal:
        other = OTHERWISE.get(part.kind)
        if other is None:
            raise
        log.warning("goods go out otherwise", invoice=order.invoice, kind=other, error=str(refusal))
        return send_as(other, order, part, heading, instead=True)


def heading_of(order: Order, part: Part) -> str | None:
    """In the buyer's language."""
    with languages.speaking(order.user.language):
        if goods.is_replacement(part):
            return screens.replacement_heading(order)
        return screens.goods_heading(order) if part.number == 0 else None


def send_as(kind: str, order: Order, part: Part, heading: str | None, *, instead: bool = False) -> int:
    bot, buyer = telegram.client(), order.user_id
    keyboard = Screen(buttons=screens.goods_buttons(order)).markup() if heading else None
    with audit.calling("goods.call", f"order:{order.invoice}", CALLS[kind], part=part.number):
        if kind == goods.TEXT:
            text = f"{heading}\n\n{part.content}" if heading else part.content
            return bot.send_text(buyer, text, keyboard, instead=instead)
        if kind == goods.FILE:
            content, called = goods.plain(part).encode(), f"{order.invoice}.txt"
            return bot.send_document(buyer, content, called, heading, keyboard, instead=instead)
        if kind == StockItem.STICKER:
            return bot.send_sticker(buyer, part.content, instead=instead)
        return bot.send_document(buyer, part.content, None, heading, keyboard, instead=instead)


def postpone_until_they_write(order: Order, seen_at: datetime) -> None:
    """The buyer blocked the bot: the goods stay theirs and go out when they write again.

    If they let it write again after `seen_at`, before this was known here, they go out now.
    """
    with transactions.atomic():
        if not users.mark_unreachable_unless_back(order.user_id, seen_at):
            raise Later(BACK_AGAIN_MS)
        notices.to_admins("buyer_unreachable", order_id=order.id)

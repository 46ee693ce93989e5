"""Deliveries: the goods of a paid order on the wire, with what is known of each message noted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog

from app import audit
from app.bot.screens import orders as screens
from app.bot.toolkit.screen import Screen
from app.catalogue import stockroom
from app.clients import telegram
from app.clients.telegram import Keyboard
from app.errors import (
    Blocked,
    ClientError,
    DeadFile,
    Doubtful,
    Locked,
    MaybeDelivered,
    OrderClosed,
    Refused,
    Unreachable,
)
from app.infra import transactions
from app.infra.metrics import counters
from app.infra.queue import outbox, retries, waiting
from app.infra.queue.retries import Later
from app.people import notices, users
from app.sales import claims, delivery, goods, orders
from app.sales.goods import Part
from app.texts import languages, own_words
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
#: They may do that again and again.
TOLD_EVERY = timedelta(hours=1)


#: A delivery that took so long makes those that follow wait in the queue, for a while.
SLOW_S, REST_S = 2.0, 30.0


@dataclass
class _Rest:
    until_s: float = 0.0


_rest = _Rest()


@patient
def deliver_order(order_id: int) -> None:
    """Send the goods that were fixed when the order was paid: the parts that are not surely there yet."""
    order = orders.with_product(order_id)
    if order.state in {Order.PAID, Order.DELIVERED}:
        deliver(order)


def at_once() -> UUID | None:
    """A name for the delivery of what is about to be paid; None when it has to wait in the queue, since
    Telegram let one wait just now: no other payment is to wait behind that."""
    return uuid4() if time.monotonic() >= _rest.until_s else None


def deliver_at_once(order: Order, delivery_id: UUID) -> None:
    """Hand over what has just been paid, in the job that found the payment (see settlement.settle).

    `order`: with its product and its buyer, read before it was paid.

    Whatever goes wrong is left to the job that was promised: it meets the same and deals with it.
    """
    begun_s = time.monotonic()
    try:
        deliver(order, begun=True)
    except Exception as error:
        again = retries.decide(error, 0, deliver_order.options)
        log.info("goods go out by a job of their own", invoice=order.invoice, why=type(error).__name__)
        outbox.release(delivery_id, again.delay_ms if again else 0)
    else:
        outbox.close(delivery_id)
    if time.monotonic() - begun_s > SLOW_S:
        _rest.until_s = time.monotonic() + REST_S


def deliver(order: Order, *, begun: bool = False) -> None:
    """`begun`: no part was tried before, and the first one is noted already."""
    try:
        hand_over_all(order, begun=begun)
    except OrderClosed:
        log.warning("credited while it was to be delivered", invoice=order.invoice)
    except Blocked:
        postpone_until_they_write(order, order.user.seen_at)
    else:
        if moved := delivery.mark_delivered(order.id):
            count_goods(moved)
        if order.state == Order.DELIVERED:
            claims.mark_handed_over(order.id)


def count_goods(order: Order) -> None:
    """How long the buyer waited: since the first word of the payment, or since it was booked if that is
    longer ago, as after a delivery that failed and was begun anew."""
    since_paid_s = (utcnow() - order.paid_at).total_seconds()
    counters.GOODS.labels(order.method).observe(max(waiting.seconds(), since_paid_s))


def hand_over_all(order: Order, *, begun: bool) -> None:
    """Every part that is not surely there yet. One that Telegram refuses keeps back none of the others."""
    already, refusal = set() if begun else delivery.sent_parts(order.id), None
    for part in parts(order, already, begun=begun):
        if begun and part.number:
            raise Later(0)  # many messages are a job of their own
        try:
            hand_over(order, part, begun=begun)
        except Refused as error:
            log.error("goods refused", invoice=order.invoice, part=part.number, error=str(error))
            refusal = refusal or error
            if isinstance(error, DeadFile) and order.product_id:
                stockroom.forget_file(order.product_id, part.content)
    if refusal:
        raise refusal


def parts(order: Order, already: set[int], *, begun: bool) -> list[Part]:
    """Raises Locked, or Later for what may take longer than a promise is held: surely nothing went out."""
    try:
        found = goods.parts(order, already)
        if begun and any(part.kind == goods.FILE for part in found):
            raise Later(0)
    except (Locked, Later):
        if begun:
            delivery.withdraw(order.id, 0)
        raise
    return found


def hand_over(order: Order, part: Part, *, begun: bool) -> None:
    """One part on the wire, with what is known of it recorded before and after."""
    if not begun:
        delivery.begin(order.id, part.number)
    try:
        message_id = send(order, part)
    except ClientError as error:
        if isinstance(error, Unreachable) and error.delivered == "maybe":
            raise doubtful(delivery.doubt(order.id, part.number), error) from error
        delivery.withdraw(order.id, part.number)
        raise
    delivery.note(order.id, part.number, Delivery.SENT, message_id)
    if goods.is_replacement(part):
        claims.mark_handed_over(order.id)


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
    """In the buyer's language and the owner's words."""
    own_words.refresh()
    with languages.speaking(order.user.language):
        if goods.is_replacement(part):
            return screens.replacement_heading(order)
        return screens.goods_heading(order) if part.number == 0 else None


def buttons_of(order: Order, part: Part) -> Keyboard | None:
    """In the buyer's language, too."""
    with languages.speaking(order.user.language):
        if goods.is_replacement(part):
            return Screen(buttons=screens.replacement_buttons(order)).markup()
        return Screen(buttons=screens.goods_buttons(order)).markup()


def send_as(kind: str, order: Order, part: Part, heading: str | None, *, instead: bool = False) -> int:
    bot, buyer = telegram.client(), order.user_id
    keyboard = buttons_of(order, part) if heading else None
    with audit.calling("goods.call", f"order:{order.invoice}", CALLS[kind], part=part.number):
        if kind == goods.TEXT:
            text = f"{heading}\n\n{part.content}" if heading else part.content
            return bot.send_text(buyer, text, keyboard, instead=instead)
        if kind == goods.FILE:
            content, called = goods.plain(part).encode(), f"{order.invoice}.txt"
            return bot.send_document(buyer, content, called, heading, keyboard, instead=instead)
        if kind == StockItem.STICKER:
            return bot.send_sticker(buyer, part.content, keyboard, instead=instead)
        return bot.send_document(buyer, part.content, None, heading, keyboard, instead=instead)


def postpone_until_they_write(order: Order, seen_at: datetime) -> None:
    """The buyer blocked the bot: the goods stay theirs and go out when they write again.

    If they let it write again after `seen_at`, before this was known here, they go out now.
    """
    with transactions.atomic():
        if not users.mark_unreachable_unless_back(order.user_id, seen_at):
            raise Later(BACK_AGAIN_MS)
        notices.alarm("buyer_unreachable", str(order.id), quiet=TOLD_EVERY, order_id=order.id)

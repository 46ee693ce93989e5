"""Orders: hand over the goods, and end what was not paid in time.

At the deadline:

    the gateway says                    do
    completed                           settle, as paid in time
    pending                             cancel there, then expire here
    cancel refused: already completed   settle
    something that contradicts us       expire here and watch; the admins were told
    nothing, or 429                     keep the order and its stock, ask again for 2 minutes, then expire
                                        and watch
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from app import goods, notices, orders, payments, transactions, users
from app.bot.screens import orders as screens
from app.clients import telegram
from app.errors import Blocked, ClientError, Flood, OrderClosed, Unreachable
from app.goods import Part
from app.infra.retries import Later
from models import Delivery, Order, utcnow
from workers.payments import ask_and_settle, cancel
from workers.policies import patient

log = structlog.get_logger()

#: How long an order outlives its deadline while the gateway cannot say whether it was paid.
DOUBT = timedelta(minutes=2)


@patient
def expire_order(order_id: int) -> None:
    """End an unpaid order at its deadline, by the table above."""
    order = orders.get(order_id)
    if order.state != Order.PENDING:
        return
    now = utcnow()
    if now < order.expires_at:
        raise Later(int((order.expires_at - now).total_seconds() * 1000) + 1)
    try:
        outcome = ask_and_settle(order)
        if outcome in payments.SETTLED:
            return
        if outcome == payments.UNPAID:
            cancel(order)
    except ClientError as error:
        if now < order.expires_at + DOUBT:
            if isinstance(error, Flood):
                raise
            raise Later(5_000) from error
        log.warning("order expires unsure of its payment", invoice=order.invoice, error=str(error))
    orders.expire(order_id)


@patient
def deliver_order(order_id: int) -> None:
    """Send the goods that were fixed when the order was paid: the parts that are not surely there yet."""
    order = orders.get(order_id)
    if order.state not in {Order.PAID, Order.DELIVERED}:
        return
    already = goods.sent(order_id)
    try:
        for part in goods.parts(order):
            if part.number not in already:
                hand_over(order, part)
    except OrderClosed:
        log.warning("credited while it was to be delivered", invoice=order.invoice)
    except Blocked:
        postpone_until_they_write(order)
    else:
        orders.delivered(order_id)


def hand_over(order: Order, part: Part) -> None:
    """One part on the wire, with what is known of it recorded before and after."""
    is_first_try = goods.begin(order.id, part.number)
    try:
        message_id = send(order, part)
    except ClientError as error:
        if isinstance(error, Unreachable) and error.delivered == "maybe":
            goods.note(order.id, part.number, Delivery.UNKNOWN)
        elif is_first_try:
            goods.withdraw(order.id, part.number)
        raise
    goods.note(order.id, part.number, Delivery.SENT, message_id)


def send(order: Order, part: Part) -> int:
    bot, buyer = telegram.client(), order.user_id
    heading = screens.goods_heading(order) if part.number == 0 else None
    if part.kind == goods.TEXT:
        return bot.send_text(buyer, f"{heading}\n\n{part.content}" if heading else part.content)
    if part.kind == goods.FILE:
        return bot.send_document(buyer, part.content.encode(), f"{order.invoice}.txt", heading)
    if part.kind == "sticker":
        return bot.send_sticker(buyer, part.content)
    return bot.send_document(buyer, part.content, None, heading)


def postpone_until_they_write(order: Order) -> None:
    """The buyer blocked the bot: the goods stay theirs and go out when they write again."""
    users.unreachable(order.user_id)
    with transactions.atomic():
        notices.to_admins("buyer_unreachable", order_id=order.id)

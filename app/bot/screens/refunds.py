"""`/refund TRX…`: what an order would be refunded for today."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.screens import orders as screens
from app.bot.toolkit import keyboards
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.errors import OrderClosed, Unknown
from app.people import users
from app.sales import orders, refunds
from app.texts import clock
from app.texts.screens import orders as order_texts
from app.texts.screens import refunds as texts
from models import User


def calculate(turn: Turn) -> Reply:
    """One's own order, or for admins anybody's. Raises WrongFormat, Unknown."""
    is_staff = users.is_admin(turn.person)
    kind = "order" if is_staff else "own_order"
    order = fields.order(turn.rest, "refund", kind=kind)
    if order.user_id != turn.person.id and not is_staff:
        raise Unknown(kind, order.invoice)
    return show("refund", order.id)


def refund(person: User, order_id: int) -> Screen:
    """What was refunded before, or what it would be; the ways on open below, as admins ask here too."""
    order = orders.with_product(order_id)
    ways = keyboards.onward(order.id) if order.user_id == person.id else []
    before = refunds.given([order]).get(order.id)
    if before:
        facts = {"amount": money.rupiah(before.amount), "at": clock.moment(before.at)}
        return Screen(texts.REFUNDED(invoice=order.invoice, name=screens.name(order), **facts), ways)
    try:
        worth = refunds.worth(order)
    except OrderClosed:
        state = order_texts.STATES[order.state]
        return Screen(texts.NOT_DELIVERED(invoice=order.invoice, state=state), ways)
    text = texts.WORTH(
        invoice=order.invoice,
        name=screens.name(order),
        paid=money.rupiah(worth.paid),
        days=worth.days,
        most_days=refunds.DAYS,
        claims=worth.claims,
        factor=worth.factor,
        amount=money.rupiah(worth.amount),
    )
    return Screen(text, ways)

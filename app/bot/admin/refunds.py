"""`Kembalikan ke Saldo`: ask for the reason, ask whether it is meant, give the money back. `/setformula`.

What was typed waits in the session, so an old confirmation has nothing to confirm and says so.
"""

from __future__ import annotations

import re

from app import money
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.sales import delivery, orders, refunds, settlement
from app.sales.refunds import Factors
from app.texts import formats
from app.texts import refusals as refusal_texts
from app.texts.admin import refunds as texts
from app.texts.html import Html
from models import Order, User

ASK = "give_back"
REASON_MOST = 200

_FACTOR = re.compile(r"[01](?:[.,][0-9]{1,2})?", re.ASCII)


def ask(turn: Turn, order_id: int) -> Reply:
    """Raises Unknown, BeingDelivered."""
    order = orders.get(order_id)
    if not _returnable(order):
        return show("admin_order", order_id, toast=texts.NOTHING_TO_GIVE.plain(), alert=True)
    if order.state == Order.PAID:
        delivery.settled_progress(order)
    turn.session.wait(ASK, order=order_id)
    return show("give_back", order_id)


def take(turn: Turn, order_id: int) -> Reply:
    """The typed reason, for a delivered order perhaps after another amount. Raises WrongFormat."""
    order = orders.get(order_id)
    if not _returnable(order):
        return show("admin_order", order.id)
    if order.state == Order.PAID:
        amount, reason = settlement.paid_for(order), fields.reason(turn.typed)
    else:
        worth = refunds.worth(order)
        amount, reason = fields.amount_and_reason(turn.typed, worth.amount, worth.paid, "money_amount")
    turn.session.wait(ASK, order=order.id, state=order.state, amount=amount, reason=reason)
    return show("give_back_confirm", order.id, amount, reason)


def give(turn: Turn, order_id: int, amount: int, warned: int = 0) -> Reply:
    """The press that it was all for: only right after the reason was typed.

    `warned`: the buttons stood under the warning that the buyer may have the goods. While they are on their
    way, and if it turns out only now that they may be there, the question stays (refusals.py).
    Raises Unknown, OrderClosed, BeingDelivered, MayHaveGoods.
    """
    facts, order = turn.session.facts, orders.get(order_id)
    meant = (turn.session.waiting, facts.get("order"), facts.get("amount")) == (ASK, order_id, amount)
    if not meant or order.state != facts["state"]:
        return show("admin_order", order_id, toast=refusal_texts.CONFIRMATION_GONE.plain(), alert=True)
    reason, by = facts["reason"], turn.person.id
    if order.state == Order.PAID:
        settlement.credit(order_id, note=reason, actor_id=by, anyway=bool(warned))
    else:
        refunds.give(order_id, amount, note=reason, actor_id=by)
    return show("admin_order", order_id, toast=texts.GIVEN_BACK.plain(amount=money.rupiah(amount)))


def give_back(_person: User, order_id: int) -> Screen:
    """Raises Unknown."""
    order = orders.with_product(order_id)
    buyer = order.user.name
    back = keyboards.back("admin_order", order_id)
    if order.state != Order.DELIVERED:
        total = money.rupiah(settlement.paid_for(order))
        return Screen(texts.GIVE_BACK_ALL(invoice=order.invoice, total=total, buyer=buyer), back)
    worth = refunds.worth(order)
    text = texts.GIVE_BACK(
        invoice=order.invoice,
        total=money.rupiah(worth.paid),
        days=worth.days,
        claims=worth.claims,
        amount=money.rupiah(worth.amount),
    )
    return Screen(text, back)


def give_back_confirm(_person: User, order_id: int, amount: int, reason: str) -> Screen:
    """With a warning where the buyer may have the goods. Raises Unknown."""
    order = orders.with_product(order_id)
    progress = delivery.progress_of(order)
    risky = order.state == Order.PAID and progress.may_be_there
    text = texts.GIVE_BACK_CONFIRM(
        amount=money.rupiah(amount),
        buyer=order.user.name,
        buyer_id=order.user_id,
        invoice=order.invoice,
        reason=reason,
        warning=_warning(progress) if risky else "",
    )
    yes = [Button(keyboards.CONFIRM_GIVE_BACK, pack("given_back", order_id, amount, *([1] if risky else [])))]
    return Screen(text, [yes, *keyboards.back("admin_order", order_id)])


def set_formula(turn: Turn) -> Reply:
    """`/setformula` and the five factors in their order; alone it shows what holds. Raises WrongFormat."""
    if not turn.rest:
        return show("formula", False)
    factors = Factors(*[_factor(text) for text in fields.split(turn.rest, 5, "setformula")])
    refunds.set_factors(factors)
    return show("formula", True)


def formula(_person: User, changed: bool) -> Screen:
    factors = refunds.factors()
    text = texts.FORMULA(
        changed=texts.FORMULA_CHANGED() if changed else "",
        new=refunds.fraction(factors.new),
        used=refunds.fraction(factors.used),
        claimed=refunds.fraction(factors.claimed),
        claimed_3=refunds.fraction(factors.claimed_3),
        claimed_more=refunds.fraction(factors.claimed_more),
    )
    return Screen(text if changed else texts.FORMULA_HINT(formula=text, format=_format()))


def _returnable(order: Order) -> bool:
    if order.product_id is None or not order.total:
        return False
    return order.state == Order.PAID or (order.state == Order.DELIVERED and not refunds.is_refunded(order))


def _warning(progress: delivery.Progress) -> Html:
    return texts.GIVE_BACK_WARNING(
        messages=progress.messages, sent=progress.sent, unsure=progress.unsure, resend=keyboards.RESEND
    )


def _factor(text: str) -> int:
    """`0.8` or `0,8` in percent. Raises WrongFormat."""
    whole, _, broken = text.replace(",", ".").partition(".")
    percent = int(whole) * 100 + int(broken.ljust(2, "0")) if _FACTOR.fullmatch(text) else -1
    if not 0 <= percent <= 100:
        raise WrongFormat("setformula.refund_factor")
    return percent


def _format() -> Html:
    return formats.FORMATS["setformula"]()

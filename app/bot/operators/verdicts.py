"""`Terima` and `Tolak`: an admin decides about a payment that contradicts its order, with a reason.

Ask, confirm, decide; what was typed waits in the session, as for refunds. Deciding twice is refused by the
service.
"""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import NothingToDecide
from app.sales import contradictions, orders, settlement
from app.texts import formats, order_words
from app.texts import refusals as refusal_texts
from app.texts.operators import verdicts as texts
from models import Contradiction, User

ASK = "verdict"
ACCEPT, REFUSE = "accept", "refuse"


def accept(turn: Turn, order_id: int) -> Reply:
    """Raises NothingToDecide."""
    return _ask(turn, order_id, ACCEPT)


def refuse(turn: Turn, order_id: int) -> Reply:
    """Raises NothingToDecide."""
    return _ask(turn, order_id, REFUSE)


def take(turn: Turn, order_id: int, wanted: str) -> Reply:
    """The typed reason; to accept, perhaps after an amount. Raises WrongFormat, NothingToDecide."""
    found = _undecided(order_id)
    if wanted == REFUSE:
        amount, reason = 0, fields.reason(turn.typed)
    else:
        suggested = int(found.said.get("amount") or 0)
        amount, reason = fields.amount_and_reason(turn.typed, suggested, money.QRIS_MOST, "verdict_amount")
    turn.session.wait(ASK, order=order_id, wanted=wanted, amount=amount, reason=reason)
    return show("verdict_confirm", order_id, amount, reason)


def decide(turn: Turn, order_id: int, amount: int) -> Reply:
    """The press that it was all for; no amount refuses. Raises NothingToDecide, AmountOutOfRange."""
    facts = turn.session.facts
    if (turn.session.waiting, facts.get("order"), facts.get("amount")) != (ASK, order_id, amount):
        gone = refusal_texts.CONFIRMATION_GONE
        return show("admin_order", order_id, toast=gone.plain(), alert=True)
    if amount:
        settlement.accept(order_id, amount, why=facts["reason"])
        return show("admin_order", order_id, toast=texts.ACCEPTED.plain())
    settlement.refuse(order_id, why=facts["reason"])
    return show("admin_order", order_id, toast=texts.REFUSED.plain())


def verdict(_person: User, order_id: int, wanted: str) -> Screen:
    """Raises Unknown."""
    order = orders.get(order_id)
    text = texts.ACCEPT if wanted == ACCEPT else texts.REFUSE
    shown = text(
        invoice=order.invoice,
        total=money.rupiah(order.total),
        contradiction=order_words.contradiction(contradictions.of_order(order_id)),
        format=formats.FORMATS[wanted](),
    )
    return Screen(shown, keyboards.back("admin_order", order_id))


def verdict_confirm(_person: User, order_id: int, amount: int, reason: str) -> Screen:
    """Raises Unknown."""
    order = orders.get(order_id)
    facts = {"invoice": order.invoice, "total": money.rupiah(order.total), "reason": reason}
    if amount:
        text, label = texts.ACCEPT_CONFIRM(amount=money.rupiah(amount), **facts), keyboards.CONFIRM_ACCEPT
    else:
        text, label = texts.REFUSE_CONFIRM(**facts), keyboards.CONFIRM_REFUSE
    yes = [Button(label, pack("decide", order_id, amount))]
    return Screen(text, [yes, *keyboards.back("admin_order", order_id)])


def buttons(found: Contradiction | None) -> Rows:
    """What can be done about it, while nobody has decided."""
    if found is None or found.verdict:
        return []
    return [
        [
            Button(keyboards.ACCEPT, pack("accept", found.order_id)),
            Button(keyboards.REFUSE, pack("refuse", found.order_id)),
        ]
    ]


def _ask(turn: Turn, order_id: int, wanted: str) -> Reply:
    _undecided(order_id)
    turn.session.wait(ASK, order=order_id, wanted=wanted)
    return show("verdict", order_id, wanted)


def _undecided(order_id: int) -> Contradiction:
    found = contradictions.of_order(order_id)
    if found is None or found.verdict:
        raise NothingToDecide(found.verdict if found else None)
    return found

"""A payment that fits no order: what the gateway says of it, credit it to somebody, or note it as dealt with.

What was typed waits in the session, as for refunds. Dealing with it twice is refused by the service.
"""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import StrayEnded
from app.people import users
from app.sales import strays
from app.texts import formats, html, stray_words
from app.texts import refusals as refusal_texts
from app.texts.operators import strays as texts
from models import Stray, User

ASK = "stray"
CREDIT, CLOSE = "credit", "close"
SHOWN_UNITS = 100


def ask_gateway(_turn: Turn, stray_id: int) -> Reply:
    """Raises Unknown."""
    strays.recheck(stray_id)
    return show("stray", stray_id, toast=texts.ASKING.plain())


def ask_credit(turn: Turn, stray_id: int) -> Reply:
    """Raises Unknown, StrayEnded."""
    return _ask(turn, stray_id, CREDIT)


def ask_close(turn: Turn, stray_id: int) -> Reply:
    """Raises Unknown, StrayEnded."""
    return _ask(turn, stray_id, CLOSE)


def take(turn: Turn, stray_id: int, wanted: str) -> Reply:
    """To whom and how much, or what was done. Raises WrongFormat, Unknown."""
    return _close(turn, stray_id) if wanted == CLOSE else _confirm(turn, stray_id)


def give(turn: Turn, stray_id: int, user_id: int, amount: int) -> Reply:
    """The press that it was all for. Raises StrayEnded, Unknown."""
    facts = turn.session.facts
    meant = (turn.session.waiting, facts.get("stray"), facts.get("user"), facts.get("amount"))
    if meant != (ASK, stray_id, user_id, amount):
        gone = refusal_texts.CONFIRMATION_GONE
        return show("stray", stray_id, toast=gone.plain(), alert=True)
    strays.credit(stray_id, user_id, amount, why=facts["reason"], actor_id=turn.person.id)
    name = html.cut(users.get(user_id).name, SHOWN_UNITS)
    return show("stray", stray_id, toast=texts.CREDITED.plain(amount=money.rupiah(amount), name=name))


def stray(_person: User | None, stray_id: int) -> Screen:
    """Raises Unknown."""
    found = strays.get(stray_id)
    return Screen(stray_words.told(found), _buttons(found))


def question(_person: User, stray_id: int, wanted: str) -> Screen:
    """Raises Unknown."""
    found, text = strays.get(stray_id), texts.CREDIT if wanted == CREDIT else texts.CLOSE
    shown = text(invoice=html.cut(found.invoice, SHOWN_UNITS), format=formats.FORMATS[f"stray_{wanted}"]())
    return Screen(shown, keyboards.back("stray", stray_id))


def confirm(_person: User, stray_id: int, user_id: int, amount: int, reason: str) -> Screen:
    """Raises Unknown."""
    text = texts.CONFIRM(
        amount=money.rupiah(amount),
        invoice=html.cut(strays.get(stray_id).invoice, SHOWN_UNITS),
        name=html.cut(users.get(user_id).name, SHOWN_UNITS),
        id=user_id,
        reason=reason,
    )
    yes = [Button(keyboards.CONFIRM_CREDIT, pack("stray_give", stray_id, user_id, amount))]
    return Screen(text, [yes, *keyboards.back("stray", stray_id)])


def _ask(turn: Turn, stray_id: int, wanted: str) -> Reply:
    outcome = strays.get(stray_id).outcome
    if outcome:
        raise StrayEnded(outcome)
    turn.session.wait(ASK, stray=stray_id, wanted=wanted)
    return show("stray_question", stray_id, wanted)


def _close(turn: Turn, stray_id: int) -> Reply:
    strays.dismiss(stray_id, why=fields.reason(turn.typed))
    return show("stray", stray_id)


def _confirm(turn: Turn, stray_id: int) -> Reply:
    named, typed, rest = fields.split(turn.typed, 3, "stray_credit")
    person = fields.person(named, "stray_credit")
    amount, reason = fields.amount(typed, 1, money.QRIS_MOST, "money_amount"), fields.reason(rest)
    turn.session.wait(ASK, stray=stray_id, wanted=CREDIT, user=person.id, amount=amount, reason=reason)
    return show("stray_confirm", stray_id, person.id, amount, reason)


def _buttons(found: Stray) -> Rows:
    if found.outcome:
        return []
    return [
        [Button(keyboards.TO_BALANCE, pack("stray_credit", found.id))],
        [
            Button(keyboards.ASK_GATEWAY, pack("stray_ask", found.id)),
            Button(keyboards.DEALT_WITH, pack("stray_close", found.id)),
        ],
    ]

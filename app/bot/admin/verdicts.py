"""`Terima` and `Tolak`: an admin decides about a payment that contradicts its order, with a reason.

Ask, confirm, decide; what was typed waits in the session, as for refunds. Deciding twice is refused by the
service.
"""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.refusals import right_form
from app.bot.texts import formats
from app.bot.texts import refusals as refusal_texts
from app.bot.texts.admin import verdicts as texts
from app.bot.toolkit import html, keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.html import Html
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import NothingToDecide, Unknown, WrongFormat
from app.people import users
from app.sales import contradictions, orders, settlement
from models import Contradiction, User

ASK = "verdict"
ACCEPT, REFUSE = "accept", "refuse"
REASON_MOST, SAID_UNITS = 200, 60


def accept(turn: Turn, order_id: int) -> Reply:
    """Raises NothingToDecide."""
    return _ask(turn, order_id, ACCEPT)


def refuse(turn: Turn, order_id: int) -> Reply:
    """Raises NothingToDecide."""
    return _ask(turn, order_id, REFUSE)


def take(turn: Turn) -> Reply:
    """The typed reason, perhaps after an amount. What is wrong is said, and the question stays."""
    if not users.is_admin(turn.person):
        raise Unknown("order")
    order_id, wanted = int(turn.session.facts["order"]), str(turn.session.facts["wanted"])
    try:
        if turn.event.is_media:
            raise WrongFormat(f"{wanted}.verdict_not_text")
        amount, reason = _read(turn.typed, wanted, _undecided(order_id))
    except WrongFormat as problem:
        turn.session.wait(ASK, order=order_id, wanted=wanted)
        return show("plain", right_form(problem.hint, problem.facts))
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
        contradiction=described(contradictions.of_order(order_id)),
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


def described(found: Contradiction | None) -> Html:
    """What the gateway says otherwise, and what was decided about it; nothing where it agrees."""
    if found is None:
        return Html()
    if found.verdict:
        why = texts.WHY(note=found.note) if found.note else ""
        return texts.DECIDED(verdict=texts.VERDICTS[found.verdict](), why=why)
    if "problem" in found.said:
        return texts.UNREADABLE(problem=html.cut(found.said["problem"], SAID_UNITS))
    said = found.said
    return texts.CONTRADICTION(
        differs=", ".join(texts.DIFFERS.get(name, name) for name in found.differs),
        said=texts.SAID_AMOUNT(
            amount=money.rupiah(said["amount"]),
            status=said["status"],
            txn_id=html.cut(said["txn_id"], SAID_UNITS),
            order_id=html.cut(said["order_id"], SAID_UNITS),
        ),
    )


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
    if turn.event.in_group:
        return toast(refusal_texts.ONLY_IN_PRIVATE.plain(), alert=True)
    _undecided(order_id)
    turn.session.wait(ASK, order=order_id, wanted=wanted)
    return show("verdict", order_id, wanted)


def _undecided(order_id: int) -> Contradiction:
    found = contradictions.of_order(order_id)
    if found is None or found.verdict:
        raise NothingToDecide(found.verdict if found else None)
    return found


def _read(text: str, wanted: str, found: Contradiction) -> tuple[int, str]:
    """(amount, reason); refusing has no amount. Raises WrongFormat."""
    problem = f"{wanted}.verdict_reason"
    if wanted == REFUSE:
        return 0, fields.line(text, REASON_MOST, problem)
    head, bar, rest = text.partition("|")
    typed = money.parse(head) if bar else None
    amount = typed if typed is not None else int(found.said.get("amount") or 0)
    if not 1 <= amount <= money.QRIS_MOST:
        limits = {"least": money.rupiah(1), "most": money.rupiah(money.QRIS_MOST)}
        raise WrongFormat("accept.verdict_amount", **limits)
    return amount, fields.line(text if typed is None else rest, REASON_MOST, problem)

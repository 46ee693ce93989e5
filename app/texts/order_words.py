"""What happened to an order, in words: for the chat and the operators' page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Any

from app import money
from app.audit import SYSTEM
from app.infra.times import WIB
from app.sales import payments
from app.sales.history import Moment
from app.texts import clock, html
from app.texts.admin import orders as texts
from app.texts.html import Html, Label, Text
from app.texts.operators import verdicts as verdict_texts
from models import Contradiction, Order, Payment

SAID_UNITS = FACT_UNITS = 60

#: What says the same as another moment.
_TOLD_BY = {
    "payment.completed": {"order.paid", "order.credited"},
    "order.refunded": {"balance.changed"},
    "order.delivered": {"goods.sent"},
}


@dataclass(frozen=True)
class Told:
    """A line of the story."""

    at: datetime
    what: Html


def story(
    order: Order, payment: Payment | None, moments: Sequence[Moment], names: Mapping[int, str]
) -> list[Told]:
    """What happened to an order, read with its product and buyer, earliest first and nothing twice.

    `names`: of everybody who did something, by their ids; ids themselves are nobody's business.
    """
    known = {moment.what for moment in moments}
    lines: list[Told] = []
    for moment, messages in _gathered(moment for moment in moments if _is_worth_telling(moment, known)):
        text = _sentence(order, moment, messages)
        if text is None:
            what = _short(moment)
        else:
            what = text(**_values(order, payment, moment, names), messages=messages)
        if note := moment.facts.get("note"):
            what = texts.BECAUSE(what=what, why=html.cut(str(note), FACT_UNITS))
        lines.append(Told(moment.at, what))
    return lines


def at_gateway(payment: Payment, found: Contradiction | None) -> Label:
    """How the payment stands; of one that waits for a verdict nobody knows that yet."""
    waits = found is not None and found.verdict is None
    return texts.CONTRADICTED if waits else texts.PAYMENT_STATES[payment.state]


def by_day(
    moments: Iterable[tuple[datetime, Html]], shown: Callable[[datetime], str] = clock.hour
) -> Iterator[Html]:
    """Each day once, then its times."""
    for day, of_day in groupby(moments, key=lambda each: clock.day(each[0].astimezone(WIB))):
        yield texts.DAY(day=day)
        yield from (texts.MOMENT(at=shown(at), what=what) for at, what in of_day)


def doers(moments: Iterable[Moment]) -> set[int]:
    """Ids of people who did something."""
    return {int(moment.by) for moment in moments if moment.by and moment.by.isdecimal()}


def _is_worth_telling(moment: Moment, known: set[str]) -> bool:
    """Not what another line says too."""
    if moment.what == "balance.changed":
        return f"{moment.what}:{moment.facts.get('reason')}" in texts.STORY
    is_told = bool(_TOLD_BY.get(moment.what, set()) & known)
    return not is_told and not moment.what.endswith(".call") and moment.what != "voucher.spent"


def _gathered(moments: Iterable[Moment]) -> Iterator[tuple[Moment, int]]:
    """Messages with goods that went out together are one moment, of so many."""
    last: Moment | None = None
    count = 0
    for moment in moments:
        if last and moment.what == last.what and moment.what.startswith("goods."):
            count += 1
            last = moment
            continue
        if last:
            yield last, count
        last, count = moment, int(moment.facts.get("messages", 1))
    if last:
        yield last, count


def _sentence(order: Order, moment: Moment, messages: int) -> Text | None:
    """The one that fits how it came about, else the plain one."""
    of_system = moment.by in {None, SYSTEM}
    ways = {
        "order.placed": order.kind,
        "order.paid": "voucher" if not order.total else order.method,
        "order.redelivered": "buyer" if moment.by == str(order.user_id) else "",
        "payment.refused": "gateway" if of_system else "",
        "goods.sent": "many" if messages > 1 else "",
    }
    for way in (moment.facts.get("reason"), ways.get(moment.what)):
        if way and (found := texts.STORY.get(f"{moment.what}:{way}")):
            return found
    return texts.STORY.get(moment.what)


def _values(
    order: Order, payment: Payment | None, moment: Moment, names: Mapping[int, str]
) -> dict[str, object]:
    given = moment.facts
    total = order.total if payment is None or payment.total is None else payment.total
    accepted = payment.accepted if payment else None
    differs = str(given.get("differs", "")).split(", ")
    was_credited = moment.what == "order.credited"
    return {
        **{name: html.cut(str(value), FACT_UNITS) for name, value in given.items() if name != "messages"},
        "who": _who(order, moment, names),
        "buyer": html.cut(order.user.name, FACT_UNITS),
        "name": html.cut(order.product.name, FACT_UNITS) if order.product else "",
        "quantity": order.quantity,
        "total": money.rupiah(payments.credited(order, payment) if was_credited else order.total),
        "paid": money.rupiah(total if accepted is None else accepted),
        "qr_total": money.rupiah(total),
        "amount": money.rupiah(given["amount"]) if isinstance(given.get("amount"), int) else "",
        "differs": _differing(differs),
    }


def _short(moment: Moment) -> Html:
    known = texts.MOMENTS.get(moment.what)
    said = known.said() if known else ""
    what = Html(escape(said[:1].upper() + said[1:] or moment.what, quote=False))
    told = ", ".join(facts({name: value for name, value in moment.facts.items() if name != "note"}))
    return texts.BECAUSE(what=what, why=told) if told else what


def _who(order: Order, moment: Moment, names: Mapping[int, str]) -> str:
    if moment.by == str(order.user_id):
        return html.cut(order.user.name, FACT_UNITS)
    if moment.by and moment.by.isdecimal():
        return html.cut(names.get(int(moment.by), texts.SOMEBODY.said()), FACT_UNITS)
    return (texts.SYSTEM if moment.by in {None, SYSTEM} else texts.OPERATOR).said()


def facts(of: dict[str, Any]) -> Iterator[str]:
    """What of a moment's facts is worth reading."""
    for name, shown in texts.AMOUNTS.items():
        if name in of:
            yield f"{shown.said()} {money.rupiah(of[name])}"
    for name, shown in texts.FACTS_SHOWN.items():
        if name in of:
            value = str(of[name])
            known = texts.REASONS.get(value)
            told = _differing(value.split(", ")) if name == "differs" else known.said() if known else value
            said = f"{shown.said()} {told}"
            yield html.cut(said.strip(), FACT_UNITS)


def contradiction(found: Contradiction | None) -> Html:
    """What the gateway says otherwise, and what was decided about it; nothing where it agrees."""
    if found is None:
        return Html()
    if found.verdict:
        why = verdict_texts.WHY(note=found.note) if found.note else ""
        return verdict_texts.DECIDED(verdict=verdict_texts.VERDICTS[found.verdict](), why=why)
    if "problem" in found.said:
        return verdict_texts.UNREADABLE(problem=html.cut(found.said["problem"], SAID_UNITS))
    said = found.said
    return verdict_texts.CONTRADICTION(
        differs=_differing(found.differs),
        said=verdict_texts.SAID_AMOUNT(
            amount=money.rupiah(said["amount"]),
            status=verdict_texts.SAID_STATES.get(said["status"]) or html.cut(said["status"], SAID_UNITS),
            txn_id=html.cut(said["txn_id"], SAID_UNITS),
            order_id=html.cut(said["order_id"], SAID_UNITS),
        ),
    )


def _differing(names: Iterable[str]) -> str:
    known = verdict_texts.DIFFERS
    return ", ".join(known[name].said() if name in known else name for name in names)

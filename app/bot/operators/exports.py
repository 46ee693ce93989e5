"""`/export 2026-11`: a month as files for whoever keeps the books, written and sent by a worker."""

from __future__ import annotations

from app import money
from app.backoffice import exports
from app.backoffice.exports import Month, Written
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.money import typed
from app.texts import html, numbers
from app.texts.operators import exports as texts

GIVEN_UNITS = 40
#: Columns of totals that are rupiah.
_RUPIAH = {"total", "diskon", "pendapatan", "deposit"}


def ask(turn: Turn) -> Reply:
    """The files go to the admin alone, never to a group. Raises WrongFormat."""
    given = typed.seen(turn.rest)
    if not given:
        raise WrongFormat("export.no_month")
    month = exports.month(given)
    if month is None:
        raise WrongFormat("export.month", given=html.cut(given, GIVEN_UNITS))
    if not exports.promise(month, turn.person.id):
        other = exports.latest()
        text = texts.NO_SALES(month=str(month), other=str(other)) if other else texts.NOTHING_SOLD()
        return show("plain", text)
    return show("plain", texts.COMING(month=str(month)))


def caption(kind: str, month: Month, written: Written) -> str:
    amounts = _RUPIAH | ({"jumlah"} if kind == "ledger" else set())
    totals = {
        name: money.rupiah(value) if name in amounts else numbers.count(value)
        for name, value in written.totals.items()
    }
    return texts.CAPTIONS[kind](month=str(month), rows=numbers.count(written.rows), **totals)

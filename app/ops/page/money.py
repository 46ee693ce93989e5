"""The shop's money: what people have, what was sold on each day, and payments that fit nothing. Every table
can be had as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.backoffice import books, checkups, exports, sheets
from app.infra import times
from app.money import typed
from app.ops.page import views
from app.ops.page.http import Answer, Ask, see
from app.sales import contradictions, strays
from app.texts import order_words
from app.texts.html import Html
from app.texts.ops import money as texts
from models import Contradiction, utcnow

#: Of the day table; of payments that wait for somebody.
DAYS, SHOWN = 7, 50
GIVEN_LENGTH = 40


def show(ask: Ask, *, wrong: Html | None = None, month: str = "", status: int = 200) -> Answer:
    until, today = _until(ask), _today()
    before = until - timedelta(days=DAYS)
    doubtful, waiting = contradictions.waiting(), strays.waiting()
    days = list(exports.days(before + timedelta(days=1), until))
    return views.page(
        "money.html",
        status,
        t=texts,
        books=_books(),
        summing=checkups.now()[checkups.VERIFY].since is not None,
        until=until,
        days=[dict(zip(texts.COLUMNS["days"], day, strict=True)) for day in reversed(days)],
        total=[sum(column) for column in list(zip(*days, strict=True))[1:]],
        earlier=before if exports.begins_by(before) else None,
        later=min(until + timedelta(days=DAYS), today) if until < today else None,
        doubtful=[_doubtful(found) for found in doubtful.limit(SHOWN)],
        doubtful_count=doubtful.count(),
        strays=list(waiting.limit(SHOWN)),
        strays_count=waiting.count(),
        month=month or f"{today:%Y-%m}",
        said=_said(ask),
        wrong=wrong,
    )


def export(ask: Ask, admin: int) -> Answer:
    """The files of a month to the admin's own chat."""
    given = typed.seen(ask.form.get("month", ""))[:GIVEN_LENGTH]
    month, example = exports.month(given), f"{_today():%Y-%m}"
    if month is None:
        said = texts.NO_MONTH(given=given, example=example) if given else texts.WHICH_MONTH(example=example)
        return show(ask, wrong=said, month=given, status=422)
    if not exports.promise(month, admin):
        other = exports.latest()
        said = texts.NO_SALES(month=str(month), other=str(other)) if other else texts.NOTHING_SOLD()
        return show(ask, wrong=said, month=given, status=409)
    return see(f"/ops/money?sent={month}")


def file(name: str, ask: Ask) -> Answer | None:
    """What is seen, for a spreadsheet; None for what there is no table of."""
    if name not in FILES:
        return None
    content = sheets.content(texts.COLUMNS[name], FILES[name](ask))
    return Answer(200, content, "text/csv; charset=utf-8", attachment=f"{name}-{_today()}.csv")


def _day_rows(ask: Ask) -> Iterator[tuple[Any, ...]]:
    until = _until(ask)
    yield from exports.days(until - timedelta(days=DAYS - 1), until)


def _doubtful_rows(_ask: Ask) -> Iterator[tuple[Any, ...]]:
    for found in contradictions.waiting().limit(SHOWN):
        differs, said = ", ".join(found.differs), _claimed(found.said)
        yield found.order.invoice, found.order.total, differs, *said, found.found_at


def _stray_rows(_ask: Ask) -> Iterator[tuple[Any, ...]]:
    for stray in strays.waiting().limit(SHOWN):
        amount, status, _ = _claimed(stray.said)
        yield stray.invoice, stray.txn_id, amount, status, stray.times, stray.found_at


FILES = {"days": _day_rows, "contradictions": _doubtful_rows, "strays": _stray_rows}


def _claimed(said: Mapping[str, Any] | None) -> tuple[Any, ...]:
    """Amount, status and transaction as the gateway says; empty where it has not, or it could not be read."""
    return tuple((said or {}).get(name, "") for name in ("amount", "status", "txn_id"))


def _books() -> dict[str, Any] | None:
    found = books.last()
    if found is None:
        return None
    return found | {
        "at": datetime.fromisoformat(found["at"]),
        "difference": found["balances"] - found["ledger"],
    }


def _doubtful(found: Contradiction) -> dict[str, Any]:
    return {"found": found, "invoice": found.order.invoice, "told": order_words.contradiction(found)}


def _said(ask: Ask) -> Html | None:
    month = exports.month(ask.query.get("sent", "")[:GIVEN_LENGTH])
    return texts.COMING(month=str(month)) if month else None


def _until(ask: Ask) -> date:
    """The last day that is shown: of the address, if that is one that has begun."""
    try:
        wanted = date.fromisoformat(ask.query.get("until", ""))
    except ValueError:
        return _today()
    return min(max(wanted, date(2020, 1, 1)), _today())


def _today() -> date:
    return utcnow().astimezone(times.WIB).date()

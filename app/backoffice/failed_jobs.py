"""Dead letters in groups: what failed alike is looked at, run again or thrown away together.

A group is decided on as it was seen: `until` is when the last of those died, and who dies later stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app import audit
from app.errors import Locked
from app.infra import transactions
from app.infra.queue import dead, hints
from app.sales import delivery, orders, payments
from models import DeadLetter, Order, Outbox, Payment, db

#: More than so many wait for the next press.
MOST = 5_000

HOURS, HOUR = 24, timedelta(hours=1)
_HOURS = """
SELECT kind, floor(extract(epoch FROM %(until)s - died_at) / 3600)::int AS hours_ago, count(*)
FROM dead_letter
WHERE state = 'dead' AND died_at > %(since)s AND died_at <= %(until)s
GROUP BY kind, hours_ago
"""

#: A job about an order is of use while that is so.
_WHILE: dict[str, Callable[[Order], bool]] = {
    "deliver_order": delivery.is_due,
    **dict.fromkeys(("open_payment", "send_qr", "expire_order", "show_checked"), orders.is_unpaid),
}


@dataclass(frozen=True)
class Group:
    """`kind` names it. `again`: deaths of its jobs beyond the first."""

    kind: str
    actor: str
    count: int
    first_at: datetime
    last_at: datetime
    again: int

    @property
    def hint(self) -> str:
        """What it means to run it again (see hints)."""
        return hints.of(self.actor)


@dataclass(frozen=True)
class Preview:
    """What would become of a group: letters that can be run again, that need not, that nobody can read."""

    useful: dict[str, list[Any]]
    pointless: list[str]
    unreadable: list[str]


@dataclass(frozen=True)
class Outcome:
    """What became of letters that were run again together."""

    done: int
    running: int
    dead: int


def groups() -> list[Group]:
    """Those that wait for somebody, the latest first."""
    rows = (
        DeadLetter.select(
            DeadLetter.kind,
            DeadLetter.actor,
            fn.COUNT(DeadLetter.id),
            fn.MIN(DeadLetter.died_at),
            fn.MAX(DeadLetter.died_at),
            fn.SUM(DeadLetter.deaths - 1),
        )
        .where(DeadLetter.state == DeadLetter.DEAD)
        .group_by(DeadLetter.kind, DeadLetter.actor)
    )
    found = [
        Group(kind, actor, count, first_at, last_at, int(again))
        for kind, actor, count, first_at, last_at, again in rows.tuples().execute()
    ]
    return sorted(found, key=lambda group: group.last_at, reverse=True)


def by_hour(until: datetime) -> dict[str, list[int]]:
    """How many of each kind that wait have died in each of the last 24 hours, the oldest first."""
    rows = db.execute_sql(_HOURS, {"until": until, "since": until - HOURS * HOUR}).fetchall()
    found: dict[str, list[int]] = {}
    for kind, hours_ago, count in rows:
        found.setdefault(kind, [0] * HOURS)[HOURS - 1 - hours_ago] += count
    return found


def latest_errors(found: list[Group]) -> dict[str, str]:
    """What the last of each group died of, by its kind."""
    moments = [group.last_at for group in found]
    rows = dead.waiting().where(DeadLetter.died_at.in_(moments)).select(DeadLetter.kind, DeadLetter.error)
    return dict(rows.tuples())


def seen(kind: str, until: datetime) -> Any:
    """The letters of a group as it was seen, oldest first (a query)."""
    return dead.of_kind(kind).where(DeadLetter.died_at <= until).limit(MOST)


def preview(kind: str, until: datetime) -> Preview:
    found = Preview({}, [], [])
    for letter in seen(kind, until):
        args = _args(letter)
        if args is None:
            found.unreadable.append(letter.id)
        elif is_pointless(letter):
            found.pointless.append(letter.id)
        else:
            found.useful[letter.id] = args
    return found


def _args(letter: DeadLetter) -> list[Any] | None:
    if letter.actor == dead.UNREADABLE:
        return None
    try:
        return dead.args(letter)
    except Locked:
        return None


def is_pointless(letter: DeadLetter) -> bool:
    """What the job was for has been done, or given up, meanwhile."""
    if hints.of(letter.actor) == hints.POINTLESS:
        return True
    if letter.actor == "settle_payment":
        payment = payments.by_invoice(letter.subject or "")
        return payment is not None and payment.state == Payment.COMPLETED
    subject = letter.subject or ""
    if letter.actor not in _WHILE or not (subject.isdecimal() and subject.isascii()):
        return False
    order = Order.get_or_none(Order.id == int(subject) % 2**63)
    return order is not None and not _WHILE[letter.actor](order)


def retry(kind: str, until: datetime) -> int:
    """Run again what is of use, once, from whichever door; how many."""
    chosen = preview(kind, until).useful
    with transactions.atomic():
        count = dead.rerun(chosen) if chosen else 0
        _note("jobs.retried", kind, count, until)
    return count


def discard(kind: str, until: datetime) -> int:
    """Never run any of them, useful or not; how many."""
    letters = [letter.id for letter in seen(kind, until)]
    with transactions.atomic():
        count = dead.discard(*letters) if letters else 0
        _note("jobs.discarded", kind, count, until)
    return count


def _note(action: str, kind: str, count: int, until: datetime) -> None:
    if count:
        audit.record(action, f"jobs:{kind}", count=count, until=until.isoformat())


def outcome(kind: str, since: datetime) -> Outcome:
    """Of the group's letters that were run again at that moment or later."""
    again = DeadLetter.select().where(DeadLetter.kind == kind, DeadLetter.settled_at >= since)
    reran = again.where(DeadLetter.rerun_id.is_null(False))
    died = reran.where(DeadLetter.state == DeadLetter.DEAD).count()
    retried = reran.where(DeadLetter.state == DeadLetter.RETRIED)
    running = retried.where(fn.EXISTS(_promise_of_letter())).count()
    return Outcome(retried.count() - running, running, died)


def _promise_of_letter() -> Any:
    return Outbox.select(1).where(Outbox.id.cast("text") == DeadLetter.rerun_id)

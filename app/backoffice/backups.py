"""When backups were made and drilled, what came of it, and the promises of the next. Makes none itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import settings
from app import audit
from app.infra import stored, times, transactions
from app.infra.queue import outbox
from models import utcnow

#: The hour of the shop's day from which a night's backup, and a week's drill, are due.
NIGHT_H = 2
KEPT = 60
MAKE, TRY = "make_backup", "drill_backup"
_MADE, _DRILLED = "backups_made", "backups_drilled"

OK, FAILED, IMPOSSIBLE = "ok", "failed", "impossible"

Facts = dict[str, Any]


def made() -> list[Facts]:
    """The last ones, newest last: {"at", "name", "bytes", "parts", "folder", "chat_id", "manifest"}."""
    return list(stored.get(_MADE, []))


def drilled() -> list[Facts]:
    """The last drills, newest last: {"at", "outcome", "problems", "seconds"}."""
    return list(stored.get(_DRILLED, []))


def last_made() -> Facts | None:
    return next(reversed(made()), None)


def last_made_at() -> datetime | None:
    found = last_made()
    return datetime.fromisoformat(found["at"]) if found else None


def last_drill() -> Facts | None:
    return next(reversed(drilled()), None)


def note_made(facts: Facts) -> None:
    with transactions.atomic():
        _append(_MADE, facts)
        audit.record("backup.made", "shop", name=facts["name"], bytes=facts["bytes"], parts=facts["parts"])


def note_drilled(facts: Facts) -> None:
    with transactions.atomic():
        _append(_DRILLED, facts)
        audit.record("backup.drilled", "shop", outcome=facts["outcome"], problems=len(facts["problems"]))


def promise() -> bool:
    """A backup as soon as a worker is free; False when one is promised already."""
    return outbox.add_once(MAKE)


def promise_drill() -> bool:
    """The same of a drill."""
    return outbox.add_once(TRY)


def promise_due() -> list[str]:
    """Tonight's backup and this week's drill, each once, where backups are set up; what was promised. One
    that somebody has asked for a moment ago is as good."""
    now = utcnow().astimezone(times.WIB) - timedelta(hours=NIGHT_H)
    if not settings.current().makes_backups:
        return []
    due = {MAKE: f"{now:%Y-%m-%d}", TRY: f"{now:%G-W%V}"}
    with transactions.atomic():
        return [actor for actor, period in due.items() if _claim(actor, period) and outbox.add_once(actor)]


def _claim(actor: str, period: str) -> bool:
    """Of two at once one waits, and finds it taken."""
    key = f"due:{actor}"
    if stored.lock(key, "") == period:
        return False
    stored.put(key, period)
    return True


def _append(key: str, facts: Facts) -> None:
    stored.put(key, [*stored.lock(key, []), facts][-KEPT:])

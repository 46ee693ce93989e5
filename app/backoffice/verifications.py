"""When all that must hold was checked last, what was found, and the promises of the next. Checks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from app import audit
from app.infra import stored, times, transactions
from app.infra.queue import outbox
from models import utcnow

#: The hour of the shop's day from which a night's is due: after the backup and the proof of the audit.
NIGHT_H = 4
#: So many lines of what was found are kept, so long; all of it is said by the command line.
KEPT_LINES, KEPT_LENGTH = 20, 300
ACTOR = "verify_shop"
_LAST, _PROMISED = "verified", "verify_promised"

Facts = dict[str, Any]


def last() -> Facts | None:
    """{"at", "seconds", "breaches" (how many), "lines" (the first of them)}; None before the first one."""
    found: Facts | None = stored.get(_LAST)
    return found


def last_at() -> datetime | None:
    found = last()
    return datetime.fromisoformat(found["at"]) if found else None


def note(began: datetime, breaches: Sequence[str]) -> None:
    """One that saw the shop as it was when it began. An older one that took longer is no news."""
    known = last_at()
    if known and known > began:
        return
    facts = {
        "at": began.isoformat(),
        "seconds": round((utcnow() - began).total_seconds(), 1),
        "breaches": len(breaches),
        "lines": [line[:KEPT_LENGTH] for line in breaches[:KEPT_LINES]],
    }
    with transactions.atomic():
        stored.put(_LAST, facts)
        audit.record("verify.done", "shop", breaches=len(breaches), seconds=facts["seconds"])


def promise() -> bool:
    """One as soon as a worker is free; False when one is promised already."""
    return outbox.add_once(ACTOR)


def promise_due() -> bool:
    """Tonight's, once; True when this call promised it. One that somebody has just asked for is as good."""
    night = times.midnight(utcnow().astimezone(times.WIB) - timedelta(hours=NIGHT_H)).timestamp()
    with transactions.atomic():
        return stored.advance(_PROMISED, night, from_below=night) and promise()

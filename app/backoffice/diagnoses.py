"""What the doctor said when a worker had it look, for the page; and the promise of the next look. Looks at
nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import audit
from app.infra import logs, stored, transactions
from app.infra.queue import outbox
from models import utcnow

#: Of each thing that a line says.
KEPT_LENGTH = 300
ACTOR = "run_doctor"
_LAST = "diagnosed"

Facts = dict[str, Any]


def last() -> Facts | None:
    """{"at", "seconds", "lines": each {"mark", "about", "says", "remedy"}}; None before the first one."""
    found: Facts | None = stored.get(_LAST)
    return found


def note(began: datetime, lines: Sequence[dict[str, str]]) -> None:
    facts = {
        "at": began.isoformat(),
        "seconds": round((utcnow() - began).total_seconds(), 1),
        "lines": [{what: logs.redact(words)[:KEPT_LENGTH] for what, words in line.items()} for line in lines],
    }
    with transactions.atomic():
        stored.put(_LAST, facts)
        audit.record("doctor.done", "shop", lines=len(lines), seconds=facts["seconds"])


def promise() -> bool:
    """A look as soon as a worker is free; False when one is promised already."""
    return outbox.add_once(ACTOR)

"""What an operator has done at once: everything checked, a backup, a drill of one, the doctor's look. Each
press is on record.

The nights do the first three by themselves. Does nothing itself: workers keep what is promised here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import settings
from app import audit
from app.backoffice import backups, diagnoses, verifications
from app.infra import transactions
from app.infra.queue import dead
from models import DeadLetter, Outbox

VERIFY, BACKUP, DRILL, DOCTOR = "verify", "backup", "drill", "doctor"
ACTORS = {VERIFY: verifications.ACTOR, BACKUP: backups.MAKE, DRILL: backups.TRY, DOCTOR: diagnoses.ACTOR}
_PROMISES = {
    VERIFY: verifications.promise,
    BACKUP: backups.promise,
    DRILL: backups.promise_drill,
    DOCTOR: diagnoses.promise,
}

#: What came of a press.
ASKED, UNDER_WAY, NOT_SET_UP = "asked", "under_way", "not_set_up"


@dataclass(frozen=True)
class Now:
    """Since when one is promised, how often that was tried in vain, and how many were given up for good."""

    since: datetime | None = None
    failures: int = 0
    dead: int = 0


def ask(what: str) -> str:
    """Have it done, unless it is on its way already; what came of that."""
    with transactions.atomic():
        outcome = UNDER_WAY
        if what == BACKUP and not settings.current().makes_backups:
            outcome = NOT_SET_UP
        elif _PROMISES[what]():
            outcome = ASKED
        audit.record(f"{what}.asked", "shop", outcome=outcome)
        return outcome


def now() -> dict[str, Now]:
    """How each of them stands."""
    promised = {row.actor: row for row in Outbox.select().where(Outbox.actor.in_(list(ACTORS.values())))}
    given_up = [row.actor for row in dead.waiting().where(DeadLetter.actor.in_(list(ACTORS.values())))]
    return {what: _now(promised.get(actor), given_up.count(actor)) for what, actor in ACTORS.items()}


def _now(row: Outbox | None, given_up: int) -> Now:
    return Now(row.created_at, row.attempt, given_up) if row else Now(dead=given_up)

"""What waits too long, and what failed for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.backoffice import failures
from app.backoffice.alerts.reading import Facts, Reading
from app.infra.queue import dead
from models import DeadLetter, Outbox, db, utcnow

#: Failing to tell of an alert is nothing to tell of.
SILENT = ("tell_alert", "evaluate_alerts")
GROWN = 10
LATE = timedelta(minutes=2)
#: A broadcast takes as long as it takes.
UNHURRIED = "bulk"

_KINDS = """
SELECT split_part(kind, ' ', 1) || ' ' || split_part(kind, ' ', 2) AS failure, count(*)
FROM dead_letter
WHERE state = 'dead' AND actor <> ALL(%s)
GROUP BY failure
"""


def dead_letters() -> Reading:
    """Until none waits for somebody. Of those about orders tells app/backoffice/failures, with what to do."""
    kinds = dict(db.execute_sql(_KINDS, [[*failures.URGENT, *SILENT]]).fetchall())
    count = sum(kinds.values())
    of_orders = dead.waiting().where(DeadLetter.actor.in_(failures.URGENT)).count()
    facts = {"count": count, "orders": of_orders, "waiting": count + of_orders, "kinds": kinds}
    return Reading(bool(kinds), not kinds, facts)


def are_news(rung: Facts, now: Facts) -> bool:
    """A kind that was not told of, or ten times as many as were."""
    known = rung.get("kinds", {})
    return any(count >= known.get(kind, 0) * GROWN for kind, count in now["kinds"].items())


def died_since(since: datetime) -> int:
    return int(DeadLetter.select().where(DeadLetter.died_at >= since).count())


def oldest() -> Reading:
    """How long the oldest job waits that could have been begun."""
    now = utcnow()
    late = _due(now).order_by(Outbox.due_at).first()
    waits_s = int((now - late.due_at).total_seconds()) if late else 0
    bad = waits_s > LATE.total_seconds()
    facts = {"minutes": waits_s // 60, "actor": late.actor if late else "-", "count": _due(now).count()}
    return Reading(bad, not bad, facts)


def waiting_now(_since: datetime) -> int:
    """Promised jobs that are due and not done."""
    return int(_due(utcnow()).count())


def _due(now: datetime) -> Any:
    return Outbox.select().where(Outbox.due_at <= now, Outbox.queue != UNHURRIED)

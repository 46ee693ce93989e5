"""Which audit events the shop itself keeps: the others are in the audit database only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.infra import stored, transactions
from models import db, utcnow

KEPT = timedelta(days=90)
#: So many rows are looked at in one run.
AT_ONCE = 50_000

_KEY = "audit_pruned"
_NOTHING = {"until": datetime.min.replace(tzinfo=UTC).isoformat(), "count": 0}

#: The first rows are the oldest, but for a few: nobody has to look through all of them.
_DELETE = """
DELETE FROM audit_event
WHERE id IN (
    SELECT id
    FROM (SELECT id, at, shipped_at FROM audit_event ORDER BY id LIMIT %s) AS first
    WHERE at < %s AND shipped_at IS NOT NULL
)
"""


@dataclass(frozen=True)
class Pruned:
    """`count` events from before `until` went; others of that time may still be here."""

    until: datetime
    count: int


def pruned() -> Pruned:
    kept = stored.get(_KEY, _NOTHING)
    return Pruned(datetime.fromisoformat(kept["until"]), kept["count"])


def prune() -> int:
    """Delete here what is old and there; how many went."""
    until = utcnow() - KEPT
    with transactions.atomic():
        before = stored.lock(_KEY, _NOTHING)
        gone = int(db.execute_sql(_DELETE, (AT_ONCE, until)).rowcount)
        if gone:
            latest = max(until, datetime.fromisoformat(before["until"]))
            stored.put(_KEY, {"until": latest.isoformat(), "count": before["count"] + gone})
    return gone

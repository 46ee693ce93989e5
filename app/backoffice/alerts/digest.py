"""The word of every morning: what was sold yesterday, and what is still open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.backoffice import stats
from app.infra import stored, times, transactions
from app.infra.queue import dead
from app.people import notices
from app.sales import claims
from models import Contradiction, Order, Stray, utcnow

#: On the clock of the shop. A shop that was off in the morning says nothing about it in the evening.
FROM, UNTIL = 8, 12
KEY = "digest_told"
#: Longer under way than this is still open.
PATIENCE = timedelta(minutes=5)
LAST_DAYS = 8


def promise() -> bool:
    """Tell the admins, once a morning; True when this call did."""
    here = utcnow().astimezone(times.WIB)
    if not FROM <= here.hour < UNTIL:
        return False
    today = times.midnight(here).timestamp()
    with transactions.atomic():
        first = stored.advance(KEY, today, from_below=today)
        if first:
            notices.to_admins("digest", day=(here.date() - timedelta(days=1)).isoformat())
        return first


def sales(day: date) -> stats.Day:
    """Of one of the last days of the shop's clock."""
    return next((each for each in stats.days(LAST_DAYS) if each.day == day), stats.Day(day))


def still_open() -> dict[str, int]:
    """What waits for somebody, by its kind, without what there is none of."""
    late = (Order.state == Order.PAID, Order.paid_at < utcnow() - PATIENCE)
    return _counted({"dead": dead.waiting(), "paid": Order.select().where(*late)}) | undecided()


def undecided() -> dict[str, int]:
    """What only a person can end, by its kind, without what there is none of."""
    return _counted(
        {
            "contradictions": Contradiction.select().where(Contradiction.verdict.is_null()),
            "claims": claims.waiting(),
            "strays": Stray.select().where(Stray.outcome.is_null()),
        }
    )


def _counted(found: dict[str, Any]) -> dict[str, int]:
    counts = {kind: int(rows.count()) for kind, rows in found.items()}
    return {kind: count for kind, count in counts.items() if count}

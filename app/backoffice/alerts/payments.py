"""How paying goes, counted from the payments themselves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.backoffice.alerts.reading import Reading
from models import Order, db, utcnow

WINDOW, DAY = timedelta(minutes=10), timedelta(days=1)
ATTEMPTS, LEAST_BAD, IN_A_ROW, GOOD_AGAIN = 20, 3, 3, 2
LIMIT_PERCENT = 90
#: An answer, and the end of a payment that was made, take no longer than this.
PATIENCE = timedelta(seconds=60)

#: QRs in a row that nobody pays: how unlikely that must be, and between which numbers that is looked for.
HABIT_DAYS, UNLIKELY = 30, 0.001
FEWEST_UNPAID, MOST_UNPAID = 5, 30

# What a buyer canceled, or simply did not pay, is no attempt. Goods of who blocked the bot wait for them.
_ATTEMPTS = """
SELECT moment, bad
FROM (
    SELECT coalesce(c.found_at, p.completed_at, o.closed_at, p.created_at) AS moment,
        CASE
            WHEN c.order_id IS NOT NULL AND c.verdict IS DISTINCT FROM 'agreed' THEN true
            WHEN p.state = 'refused' AND o.reason = ANY(%(unanswered)s) THEN true
            WHEN p.state = 'opening' AND o.state = 'pending' AND p.created_at < %(late)s THEN true
            WHEN p.state = 'completed' AND o.state <> 'paid' THEN false
            WHEN p.state = 'completed' AND o.paid_at < %(late)s AND u.unreachable_at IS NULL THEN true
        END AS bad
    FROM "order" o
    JOIN payment p ON p.order_id = o.id
    JOIN "user" u ON u.id = o.user_id
    LEFT JOIN contradiction c ON c.order_id = o.id
    WHERE o.created_at > %(since)s
) attempt
WHERE bad IS NOT NULL AND moment > %(since)s
ORDER BY moment
"""

_STREAK = """
SELECT p.state = 'completed'
FROM payment p
JOIN "order" o ON o.id = p.order_id
WHERE p.opened_at > %(since)s AND (p.state = 'completed' OR o.state <> 'pending')
ORDER BY p.opened_at DESC
LIMIT %(most)s
"""

_HABIT = """
SELECT count(*), count(*) FILTER (WHERE state = 'completed')
FROM payment
WHERE opened_at > %(since)s
"""


@dataclass(frozen=True)
class Attempt:
    """A payment that went well or badly, and when that was known."""

    at: datetime
    bad: bool


def success() -> Reading:
    """Of the last ten minutes or the last twenty attempts, whichever are more."""
    now = utcnow()
    attempts = _attempts(now - DAY)
    recent = [each for each in attempts if each.at > now - WINDOW]
    counted = max(recent, attempts[-ATTEMPTS:], key=len)
    bad = [each.at for each in counted if each.bad]
    in_a_row = [each.bad for each in attempts[-IN_A_ROW:]] == [True] * IN_A_ROW
    goes_on = bool(bad) and bad[-1] > now - WINDOW
    percent = 100 * (len(counted) - len(bad)) // len(counted) if counted else 100
    quiet = [each.bad for each in attempts[-GOOD_AGAIN:]] == [False] * GOOD_AGAIN and not goes_on
    facts = {"bad": len(bad), "of": len(counted), "percent": percent, "silent": not attempts}
    low = len(counted) - len(bad) < len(counted) * LIMIT_PERCENT / 100
    return Reading(in_a_row or (goes_on and low and enough(bad)), quiet or not attempts, facts)


def enough(bad: list[datetime]) -> bool:
    """Whether so many failures say anything: three of them, in three different minutes."""
    minutes = {int(at.timestamp()) // 60 for at in bad}
    return len(bad) >= LEAST_BAD and len(minutes) >= LEAST_BAD


def failed_since(since: datetime) -> int:
    return sum(each.bad for each in _attempts(since))


def unpaid() -> Reading:
    """How many QRs in a row nobody paid, and from how many on that is strange for this shop."""
    since = {"since": utcnow() - timedelta(days=HABIT_DAYS)}
    decided = [paid for (paid,) in _rows(_STREAK, **since, most=MOST_UNPAID)]
    streak = decided.index(True) if True in decided else len(decided)
    opened, paid = _rows(_HABIT, **since)[0]
    limit = strange_from(opened, paid)
    return Reading(streak >= limit, streak == 0, {"streak": streak, "limit": limit})


def strange_from(opened: int, paid: int) -> int:
    """So many unpaid in a row are far beyond the habit of a shop where `paid` of `opened` QRs are paid."""
    habit = (paid + 1) / (opened + 2)
    limit = math.ceil(math.log(UNLIKELY) / math.log(1 - habit))
    return min(max(limit, FEWEST_UNPAID), MOST_UNPAID)


def _attempts(since: datetime) -> list[Attempt]:
    unanswered = [Order.NO_QR, Order.DEADLINE]
    rows = _rows(_ATTEMPTS, since=since, late=utcnow() - PATIENCE, unanswered=unanswered)
    return [Attempt(at, bad) for at, bad in rows]


def _rows(query: str, **values: Any) -> list[Any]:
    rows: list[Any] = db.execute_sql(query, values).fetchall()
    return rows

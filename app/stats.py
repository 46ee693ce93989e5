"""How the shop is doing: orders, money, payment success and people over the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app import wib
from models import db, utcnow

#: Names of the periods and how many days each reaches back, today included.
PERIODS = (("today", 1), ("7 days", 7), ("30 days", 30))

_ORDERS = """
SELECT count(*) FILTER (WHERE kind = 'purchase' AND created_at >= %(since)s),
       coalesce(sum(quantity) FILTER (WHERE sold), 0),
       coalesce(sum(total) FILTER (WHERE sold), 0),
       coalesce(sum(total) FILTER (WHERE deposited), 0),
       count(DISTINCT user_id) FILTER (WHERE sold)
FROM (
    SELECT *,
           kind = 'purchase' AND state IN ('paid', 'delivered') AND paid_at >= %(since)s AS sold,
           kind = 'deposit' AND state = 'credited' AND closed_at >= %(since)s AS deposited
    FROM "order"
    WHERE created_at >= %(since)s OR paid_at >= %(since)s OR closed_at >= %(since)s
) AS recent
"""

_PAYMENTS = """
SELECT count(*), count(*) FILTER (WHERE p.state = 'completed')
FROM payment p
JOIN "order" o ON o.id = p.order_id
WHERE p.opened_at >= %(since)s AND o.state <> 'pending'
"""

_USERS = 'SELECT count(*) FROM "user" WHERE joined_at >= %(since)s'


@dataclass(frozen=True)
class Figures:
    """`revenue` is what was sold, in rupiah; deposits become revenue only when they are spent.

    `qr_decided` are QR codes of the period whose order is no longer waiting; `qr_paid` of them were paid.
    """

    period: str
    since: datetime
    orders: int
    items: int
    revenue: int
    deposits: int
    buyers: int
    qr_decided: int
    qr_paid: int
    new_users: int

    @property
    def success(self) -> float | None:
        """The share of QR codes that were paid, 0 to 1; None when there were none."""
        return self.qr_paid / self.qr_decided if self.qr_decided else None


def figures() -> list[Figures]:
    """One row a period, days as the shop's clock counts them."""
    midnight = wib.midnight(utcnow())
    return [_of(name, midnight - timedelta(days=days - 1)) for name, days in PERIODS]


def _of(name: str, since: datetime) -> Figures:
    rows = [db.execute_sql(query, {"since": since}).fetchone() for query in (_ORDERS, _PAYMENTS, _USERS)]
    return Figures(name, since, *(int(value) for row in rows for value in row))

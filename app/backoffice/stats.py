"""How the shop is doing: orders, money, payment success and people over the last days.

Every query reads the period from an index: what was sold in earlier years costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.infra import times, transactions
from app.infra.queue import outbox
from models import db, utcnow

#: Names of the periods and how many days each reaches back, today included.
PERIODS = (("today", 1), ("7 days", 7), ("30 days", 30))

_ORDERS = """
SELECT count(*) FROM "order" WHERE kind = 'purchase' AND created_at >= %(since)s
"""

_SALES = """
SELECT coalesce(sum(quantity), 0), coalesce(sum(total), 0), count(DISTINCT user_id)
FROM "order"
WHERE kind = 'purchase' AND state IN ('paid', 'delivered') AND paid_at >= %(since)s
"""

_DEPOSITS = """
SELECT coalesce(sum(total), 0)
FROM "order"
WHERE kind = 'deposit' AND state = 'credited' AND closed_at >= %(since)s
"""

# By the day on which it was given back, however long ago it was sold; in these words the index
# ledger_entry_given_back knows it.
_REFUNDS = """
SELECT coalesce(sum(amount), 0)
FROM ledger_entry
WHERE (reason LIKE 'order:%%:refund' OR reason LIKE 'order:%%:warranty:%%') AND created_at >= %(since)s
"""

_SOLD_BEFORE = """
SELECT EXISTS (
    SELECT FROM "order" WHERE kind = 'purchase' AND state IN ('paid', 'delivered') AND paid_at < %(since)s
)
"""

# A QR is undecided while its order is unpaid, and of those there are few at any moment.
_PAYMENTS = """
SELECT count(*) - (
           SELECT count(*)
           FROM "order" o
           JOIN payment p ON p.order_id = o.id
           WHERE o.state = 'pending' AND p.opened_at >= %(since)s
       ),
       count(*) FILTER (WHERE state = 'completed')
FROM payment
WHERE opened_at >= %(since)s
"""

_USERS = 'SELECT count(*) FROM "user" WHERE joined_at >= %(since)s'

_CLAIMS = "SELECT count(*) FROM claim WHERE opened_at >= %(since)s"

_RATINGS = """
SELECT count(*), coalesce(sum(stars), 0)
FROM testimonial
WHERE hidden_at IS NULL AND created_at >= %(since)s
"""

_DAYS = """
SELECT (paid_at AT TIME ZONE 'Asia/Jakarta')::date AS day, sum(total), count(*)
FROM "order"
WHERE kind = 'purchase' AND state IN ('paid', 'delivered') AND paid_at >= %(since)s
GROUP BY day
"""

_BEST = """
SELECT p.name, sum(o.quantity) AS items, sum(o.total) AS revenue
FROM "order" o
JOIN product p ON p.id = o.product_id
WHERE kind = 'purchase' AND state IN ('paid', 'delivered') AND paid_at >= %(since)s
GROUP BY p.id
ORDER BY items DESC, revenue DESC, p.id
LIMIT 5
"""


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
    buyers: int
    deposits: int
    refunds: int
    qr_decided: int
    qr_paid: int
    new_users: int
    #: Warranty claims that were made.
    claims: int

    @property
    def success(self) -> float | None:
        """The share of QR codes that were paid, 0 to 1; None when there were none."""
        return self.qr_paid / self.qr_decided if self.qr_decided else None


@dataclass(frozen=True)
class Day:
    """What was sold on one day of the shop's clock."""

    day: date
    revenue: int = 0
    orders: int = 0


@dataclass(frozen=True)
class Best:
    """A product by what was sold of it."""

    name: str
    items: int
    revenue: int


def figures() -> list[Figures]:
    """One row a period, days as the shop's clock counts them."""
    return [_of(name, _midnight(days)) for name, days in PERIODS]


def promise_picture(chat_id: int, thread_id: int | None = None) -> None:
    """Have them drawn, and sent to this chat or topic."""
    with transactions.atomic():
        outbox.add("send_stats", chat_id, thread_id)


def days(count: int) -> list[Day]:
    """The last days, today last, also those without a sale."""
    sold = {day: Day(day, int(revenue), orders) for day, revenue, orders in _rows(_DAYS, _midnight(count))}
    first = _midnight(count).date()
    all_days = [first + timedelta(days=number) for number in range(count)]
    return [sold.get(day, Day(day)) for day in all_days]


def sold_before(days_back: int) -> bool:
    """Whether the shop was selling by then: younger ones have nothing to compare a period with."""
    return bool(_rows(_SOLD_BEFORE, _midnight(days_back))[0][0])


def best_products(count: int = 30) -> list[Best]:
    """What sold most in the last days, most items first."""
    rows = _rows(_BEST, _midnight(count))
    return [Best(name, int(items), int(revenue)) for name, items, revenue in rows]


def ratings(count: int = 30) -> tuple[int, int]:
    """How many buyers have rated their goods in the last days, and the sum of their stars; none hidden."""
    rated, stars = _rows(_RATINGS, _midnight(count))[0]
    return int(rated), int(stars)


def _of(name: str, since: datetime) -> Figures:
    queries = (_ORDERS, _SALES, _DEPOSITS, _REFUNDS, _PAYMENTS, _USERS, _CLAIMS)
    return Figures(name, since, *(int(value) for query in queries for value in _rows(query, since)[0]))


def _midnight(days_back: int) -> datetime:
    return times.midnight(utcnow()) - timedelta(days=days_back - 1)


def _rows(query: str, since: datetime) -> list[Any]:
    rows: list[Any] = db.execute_sql(query, {"since": since}).fetchall()
    return rows

"""A year of orders with the pruning on: what a night of it takes, how large the database stays, and screens.

Everything that goes with time is there for the whole year, as if nothing had been pruned so far; a first
catching up takes it away, as of yesterday, and what is measured as the night is the day's share after that.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from freezegun import freeze_time

from app.backoffice import retention
from models import db, utcnow
from tests.bench import filling, grown, report, scale
from tests.bench.filling import Size
from tests.bench.growth import tables

#: Seconds for all of a night's runs, and for one; and the share of all rows that is kept.
NIGHT_S, RUN_S, MOST_LEFT = 120, 30, 0.75

#: Where most of what goes was: the other tables have no holes.
PRUNED = ("handled_update", "broadcast_recipient", "audit_event")

_ALREADY_SHIPPED = "ALTER TABLE audit_event ALTER COLUMN shipped_at SET DEFAULT now()"
_AS_BEFORE = "ALTER TABLE audit_event ALTER COLUMN shipped_at DROP DEFAULT"
#: Ten presses and words for every order.
_UPDATES = """
INSERT INTO handled_update (id, handled_at)
SELECT n, now() - (%(updates)s - n) * (interval '365 days' / %(updates)s)
FROM generate_series(%(from)s::bigint, %(to)s) AS n
"""
#: One a week, to everybody.
_BROADCASTS = """
INSERT INTO broadcast (text, state, created_by, created_at, listed_at, started_at, ended_at, total, sent)
SELECT 'x', 'done', 2, at, at, at, at, %(users)s, %(users)s
FROM (SELECT now() - n * interval '7 days' AS at FROM generate_series(1, 52) AS n) AS weeks
"""
_RECIPIENTS = """
INSERT INTO broadcast_recipient (broadcast_id, user_id, state)
SELECT b.id, n, 'sent' FROM broadcast b CROSS JOIN generate_series(%(from)s::bigint, %(to)s) AS n
"""


@dataclass(frozen=True)
class Year(Size):
    """A million orders, 100,000 people."""

    days = 365

    @property
    def users(self) -> int:
        return max(1_000, int(100_000 * self.factor))

    @property
    def orders(self) -> int:
        return max(5_000, int(1_000_000 * self.factor))

    @property
    def items(self) -> int:
        return int(200_000 * self.factor)


@dataclass
class Pruned:
    """Rows, and the seconds of each run."""

    rows: int
    runs_s: list[float]


@dataclass
class Found:
    """`sizes_mb`: of the database before the pruning, after it and a vacuum, and of what is in it."""

    caught_up: Pruned
    night: Pruned
    sizes_mb: tuple[float, float, float]
    screens: list[scale.Measured]
    scans: int

    @property
    def night_s(self) -> float:
        return sum(self.night.runs_s)

    @property
    def longest_s(self) -> float:
        return max(self.caught_up.runs_s + self.night.runs_s)

    @property
    def slowest(self) -> scale.Measured:
        return max(self.screens, key=lambda one: one.ms)

    @property
    def busiest(self) -> scale.Measured:
        return max(self.screens, key=lambda one: one.queries)


def measure(factor: float) -> list[report.Figure]:
    size = Year(factor)
    with grown.empty_shop() as url:
        _do(url, _ALREADY_SHIPPED)
        grown.fill(url, size)
        _do(url, _AS_BEFORE)
        _fill(url, size)
        found = _look(url)
    _show(size, found)
    full_mb, _, packed_mb = found.sizes_mb
    return [
        report.figure("a night of pruning", found.night_s, "s", below=NIGHT_S),
        report.figure("pruning, longest run", found.longest_s, "s", below=RUN_S),
        report.figure("pruning, tables read as a whole", found.scans, "", below=1),
        report.figure("database after a year / without pruning", packed_mb / full_mb, "", below=MOST_LEFT),
        report.figure("slowest screen after a year", found.slowest.ms, "ms", below=scale.MOST_MS),
        report.figure("queries of a screen after a year", found.busiest.queries, "", below=7),
    ]


def _look(url: str) -> Found:
    with grown.watched() as watch:
        full_mb = megabytes()
        with freeze_time(utcnow() - timedelta(days=1), tick=True):
            caught_up = prune()
        report.progress("caught up")
        night = prune()
        _do(url, "VACUUM ANALYZE")
        after_mb = megabytes()
        screens = list(scale.each_screen(watch))
        scans = sum(len(one.scans) for one in scale.each_job(watch) if one.what == "job: prune")
        _do(url, f"VACUUM FULL {', '.join(PRUNED)}")
        return Found(caught_up, night, (full_mb, after_mb, megabytes()), screens, scans)


def _show(size: Year, found: Found) -> None:
    full_mb, after_mb, packed_mb = found.sizes_mb
    caught_up, slowest, busiest = found.caught_up, found.slowest, found.busiest
    rows = [
        ("catching up a year", f"{caught_up.rows:,} rows in {sum(caught_up.runs_s):.1f} s"),
        ("hourly runs for that", len(caught_up.runs_s)),
        ("a night", f"{found.night.rows:,} rows in {found.night_s:.1f} s"),
        ("longest run", f"{found.longest_s:.1f} s"),
        ("database without pruning", f"{full_mb:,.0f} MB"),
        ("files after pruning and vacuum", f"{after_mb:,.0f} MB"),
        ("what is in them", f"{packed_mb:,.0f} MB, {packed_mb / size.days:.2f} MB a day of orders"),
        ("slowest screen after", f"{slowest.what}, {slowest.ms:.1f} ms of the database"),
        ("most queries of a screen after", f"{busiest.what}, {busiest.queries}"),
    ]
    limit = "the disk: orders, payments, goods and ledger are kept for good, the rest stays as large as it is"
    tables.show(f"{size.orders:,} orders of a year", ["pruned", ""], rows, limit)


def prune() -> Pruned:
    """Runs until nothing goes; the clock starts one an hour."""
    done = Pruned(0, [])
    for gone, spent_s in _runs():
        done.rows += gone
        done.runs_s.append(spent_s)
    return done


def _runs() -> Iterator[tuple[int, float]]:
    gone = 1
    while gone:
        started = time.perf_counter()
        gone = retention.prune()
        yield gone, time.perf_counter() - started


def megabytes() -> float:
    return float(db.execute_sql("SELECT pg_database_size(current_database())").fetchone()[0]) / 1e6


def _fill(url: str, size: Year) -> None:
    values: filling.Values = {"users": size.users, "updates": size.orders * 10}
    updates = filling.parts("updates", _UPDATES, values, size.orders * 10)
    recipients = filling.parts("recipients", _RECIPIENTS, values, size.users)
    steps = [[("broadcasts", _BROADCASTS, values), *updates], [*recipients]]
    filling.run(url, ("handled_update", "broadcast_recipient"), steps, report.progress)


def _do(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())

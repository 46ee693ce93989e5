"""Years of a large shop in minutes: PostgreSQL makes all rows by itself, then builds the indexes.

What it makes: see rows.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import psycopg

from app.audit import seals
from app.catalogue import stock
from app.infra import fingerprints
from tests.bench import rows

FIRST_PRODUCT = 101
#: Has one order in 250 of all, so that paging through a long history is measured too.
FAITHFUL = 1
PENDING = 300


@dataclass(frozen=True)
class Size:
    """How much of everything. `factor` 1 is a shop of some years."""

    factor: float = 1.0

    @property
    def users(self) -> int:
        return int(1_000_000 * self.factor)

    @property
    def products(self) -> int:
        return max(50, int(2_000 * self.factor))

    @property
    def orders(self) -> int:
        return int(5_000_000 * self.factor)

    @property
    def days(self) -> int:
        """Over which the orders came."""
        return 730

    @property
    def items(self) -> int:
        """What is on the shelves; every delivered order has an item besides."""
        return int(6_000_000 * self.factor)


#: What takes longest first.
TABLES = (
    "audit_event", "stock_item", "order", "payment", "delivery", "user", "ledger_entry", "voucher", "product",
)  # fmt: skip
#: Statements at the same time, and parts of what would take long by itself.
AT_ONCE, SLICES = 2, 4
#: The superuser may insert without looking references up.
OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "session_replication_role": "replica",
        "work_mem": "256MB",
        "maintenance_work_mem": "512MB",
        "max_parallel_maintenance_workers": 0,
    }.items()
)

Values = dict[str, object]
Work = tuple[str, str, Values]


def fill(url: str, size: Size, content: bytes, did: Callable[[str], None]) -> None:
    """`url` is the superuser's; `content` is one item's."""
    values: Values = {
        "users": size.users,
        "products": size.products,
        "orders": size.orders,
        "items": size.items,
        "days": size.days,
        "first": FIRST_PRODUCT,
        "faithful": FAITHFUL,
        "pending": min(PENDING, size.orders // 100),
        "content": content,
        "key": seals.key(fingerprints.token()),
        "lane": SLICES,
        "before": size.orders * rows.EVENTS_OF_AN_ORDER,
    }
    steps = [
        [
            work
            for name, statement in statements.items()
            for work in parts(name, statement, values, size.orders)
        ]
        for statements in rows.STEPS
    ]
    run(url, TABLES, steps, did)


def run(url: str, tables: Sequence[str], steps: Sequence[Sequence[Work]], did: Callable[[str], None]) -> None:
    """One step after the other; `tables` are those that get very many rows."""
    do = partial(_do, url, did)
    with _without_indexes(url, tables, do):
        for work in steps:
            do(work)
    do([(f"statistics of {table}", f'VACUUM ANALYZE "{table}"', {}) for table in tables])


def parts(name: str, statement: str, values: Values, of: int) -> Iterator[Work]:
    """A statement about a slice of so many orders is as many; each has its lane, and its ids of events."""
    if "%(from)s" not in statement:
        yield name, statement, values
        return
    for lane in range(SLICES):
        before, last = of * lane // SLICES, of * (lane + 1) // SLICES
        some = {"from": before + 1, "to": last, "lane": lane, "before": before * rows.EVENTS_OF_AN_ORDER}
        yield f"{name} to {last}", statement, values | some


def _do(url: str, did: Callable[[str], None], work: Sequence[Work]) -> None:
    """All of it, in any order."""
    with ThreadPoolExecutor(AT_ONCE) as hands:
        for done in [hands.submit(_run, url, did, *one) for one in work]:
            done.result()


def _run(url: str, did: Callable[[str], None], name: str, statement: str, values: Values) -> None:
    marked = _escaped(statement).replace("{item_mark}", stock.MARK)
    sealed = marked.replace("{seal}", seals.EVENT).replace("{lane_seal}", seals.LANE)
    with psycopg.connect(url, autocommit=True, options=OPTIONS) as connection:
        connection.execute(sealed.encode(), values)
    did(name)


def _escaped(statement: str) -> str:
    """`%` is an operator here, except in `%(name)s`."""
    return statement.replace("%", "%%").replace("%%(", "%(")


@contextmanager
def _without_indexes(url: str, tables: Sequence[str], do: Callable[[list[Work]], None]) -> Iterator[None]:
    """Sorting all rows once is several times faster than finding a place for each."""
    with psycopg.connect(url, autocommit=True) as connection:
        constraints = connection.execute(_CONSTRAINTS, {"tables": list(tables)}).fetchall()
        for table, name, _ in constraints:
            connection.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}'.encode())
        indexes = connection.execute(_INDEXES, {"tables": list(tables)}).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}".encode())
    yield
    do([(name, definition, {}) for name, definition in indexes])
    do(
        [
            (name, f'ALTER TABLE "{table}" ADD CONSTRAINT {name} {definition}', {})
            for table, name, definition in constraints
        ]
    )


#: But for those that foreign keys lead to.
_CONSTRAINTS = """
SELECT t.relname::text, c.conname::text, pg_get_constraintdef(c.oid)
FROM pg_constraint c
JOIN pg_class t ON t.oid = c.conrelid
WHERE t.relname = ANY(%(tables)s) AND c.contype IN ('p', 'u')
  AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)
ORDER BY array_position(%(tables)s, t.relname::text)
"""
_INDEXES = """
SELECT indexname::text, indexdef
FROM pg_indexes
WHERE tablename = ANY(%(tables)s) AND indexname::text NOT IN (SELECT conname::text FROM pg_constraint)
ORDER BY array_position(%(tables)s, tablename::text)
"""

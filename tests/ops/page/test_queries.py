"""However large the shop is, no screen of the ops page reads a growing table from end to end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from app.audit import archive, lookup, shipping
from app.ops.page import orders, router
from models import db
from tests.support import broken

GROWING = (
    "order",
    "payment",
    "ledger_entry",
    "audit_event",
    "user",
    "delivery",
    "stock_item",
    "contradiction",
)
#: Of which the answer needs no query, or is in the lists below.
ALONE = ("/ops/login", "/ops/orders", "/ops/failed/ask")
SCREENS = [
    *(path for path in router.SCREENS if path not in ALONE),
    *(f"/ops/orders?list={name}" for name in orders.LISTS),
]
MONEY = ["/ops/money?until=2026-01-31", "/ops/money/contradictions.csv", "/ops/jobs?actor=deliver_order"]
SEARCHES = ["/ops/orders?q=@alice", "/ops/orders?q=1", "/ops/orders?q=PKS-{invoice}", "/ops/orders/{invoice}"]


class Statements(logging.Handler):
    """What peewee sends, with its parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sent.append(record.msg)


@pytest.fixture
def statements() -> Iterator[Statements]:
    heard, logger = Statements(), logging.getLogger("peewee")
    before = logger.level
    logger.addHandler(heard)
    logger.setLevel(logging.DEBUG)
    yield heard
    logger.removeHandler(heard)
    logger.setLevel(before)


def plan(statement: str, parameters: Any) -> str:
    with db.atomic():
        db.execute_sql("SET LOCAL enable_seqscan = off")
        rows = db.execute_sql(f"EXPLAIN {statement}", parameters).fetchall()
    return "\n".join(line for (line,) in rows)


@pytest.mark.parametrize("path", SCREENS + MONEY + SEARCHES)
def test_every_query_is_on_an_index(bob, statements, path):
    order = broken.delivered()
    statements.sent.clear()

    assert bob.opens(path.format(invoice=order.invoice)).status == 200

    asked = [each for each in statements.sent if each[0].lstrip().upper().startswith("SELECT")]
    plans = [plan(*each) for each in asked]
    assert len(plans) >= 2
    assert [
        each for each in plans for table in GROWING if f"Seq Scan on {table} " in each.replace('"', "")
    ] == []


@pytest.mark.parametrize("wanted", [{}, {"entity": "order:TRX1"}, {"actor": "7"}, {"before": 900}])
def test_a_page_of_the_audit_is_on_an_index(database, wanted):
    """In its own database, which has more rows than any other table."""
    shipping.ship()
    values = {"entity": None, "actor": None, "before": None, "most": 31} | wanted
    with archive.opened() as connection:
        for way in ("seqscan", "bitmapscan", "sort"):
            connection.execute(f"SET enable_{way} = off".encode())
        rows = connection.execute(f"EXPLAIN {lookup._PAGE}".encode(), values).fetchall()

    plan = "\n".join(line for (line,) in rows)
    assert "Seq Scan" not in plan
    assert "Sort" not in plan

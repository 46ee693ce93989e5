"""What must always hold, checked on the data. Mends nothing.

1. What was paid ends once: as goods or as balance, and nothing is given unpaid.
2. An item belongs to one order, and what is counted is there.
3. A balance is the sum of its ledger, and a voucher counts once.
4. What was promised is done, waits, or is a dead letter that can be retried.
5. What contradicts, or failed for good, is known to an admin until somebody has dealt with it.
6. Money, stock, roles and settings are as the audit events say, and those are as they were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context

import peewee
import structlog

from app.audit import archive as archived
from app.audit import lookup
from app.ops.invariants import archive, encrypted, queries, vouchers
from app.ops.invariants.breach import Breach, trail_is_whole
from models import db

log = structlog.get_logger()

Check = Callable[[], Iterator[Breach]]

CHECKS: tuple[Check, ...] = (
    *queries.of("money", "payments"),
    *vouchers.CHECKS,
    *queries.of("vouchers"),
    *encrypted.CHECKS,
    *queries.of("goods", "slots", "claims", "deliveries", "jobs", "broadcasts", "doubts", "testimonials"),
    *queries.of("trail", "people", "shelf", "shop", "seals"),
    *archive.CHECKS,
)

#: Each check reads its tables once, as a whole: loops over an index would take hours with stale statistics.
#: It finds next to nothing, which PostgreSQL cannot guess: what workers of its own hand over costs nothing.
PLAN = {"enable_nestloop": "off", "jit": "off", "work_mem": "64MB", "parallel_tuple_cost": "0"}
LONGEST_S = 900.0


def run() -> list[Breach]:
    """Every breach, in the order of the checks. All checks see the shop at one moment, while it goes on, and
    the events that only the audit database has."""
    with db.atomic():
        db.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for name, value in PLAN.items():
            db.execute_sql("SELECT set_config(%s, %s, true)", (name, value))
        with db.patience(LONGEST_S), _whole_trail() as lacking:
            db.execute_sql("SET TRANSACTION READ ONLY")
            return [*lacking, *copy_context().run(_found)]


def _found() -> list[Breach]:
    queries.known.set({})
    return [breach for check in CHECKS for breach in found_by(check)]


def found_by(check: Check) -> list[Breach]:
    """Every breach that this one finds. What it cannot even read is one: the others look all the same."""
    try:
        with db.atomic():
            return list(check())
    except (peewee.OperationalError, peewee.InterfaceError):
        raise
    except Exception as error:  # whatever somebody has put there
        log.exception("check failed", error=type(error).__name__)
        about = getattr(check, "args", [6, getattr(check, "__name__", "")])
        return [Breach(about[0], "a check", f"cannot be made, {type(error).__name__}: “{about[1]}”")]


@contextmanager
def _whole_trail() -> Iterator[list[Breach]]:
    """Without what was pruned, checks of the trail would find all of it missing: then they are left out."""
    try:
        lookup.bring_into_sight()
    except archived.Away as error:
        lacking = [Breach(6, "audit database", f"has old events that cannot be checked now: {error}")]
    else:
        lacking = []
    turn = trail_is_whole.set(not lacking)
    try:
        yield lacking
    finally:
        trail_is_whole.reset(turn)

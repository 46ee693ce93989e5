"""A shop in every state, broken by hand behind the services, and what the checks say about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import models
import settings
from app.ops import invariants
from app.sales import delivery, goods, orders, settlement
from models import Delivery, Order
from tests.support import given
from tests.support.given import ALICE

#: A thread with a connection that stays, on which every check is planned once: that takes PostgreSQL many
#: times longer than to do it.
_AUDITOR = ThreadPoolExecutor(1, "auditor")


def breaches() -> list[str]:
    """Of what is committed."""
    return _AUDITOR.submit(_found).result()


def _found() -> list[str]:
    if models.db.connection().closed:
        models.db.close()
    connection = models.db.connection()
    connection.prepare_threshold, connection.prepared_max = 0, None
    return [str(breach) for breach in invariants.run()]


def by_hand(query: str, *params: object) -> None:
    """A change that no service would make."""
    assert models.db.execute_sql(query, params).rowcount > 0


def nothing_is_late() -> None:
    """Jobs and looks, which nobody does here, are due now: of a shop made long ago, on a slow machine."""
    by_hand("UPDATE outbox SET due_at = now()")
    by_hand("UPDATE payment SET next_check_at = now() WHERE state = 'open'")


def breaches_without(guard: str, query: str, *params: object) -> list[str]:
    """What the checks find when the database's own guard is missing; both are as before afterwards."""
    with _undone():
        models.db.execute_sql(guard)
        return breaches_after(query, *params)


def breaches_after(query: str, *params: object) -> list[str]:
    """What the checks find after this change; all is as before afterwards."""
    with _undone():
        by_hand(query, *params)
        return [str(breach) for check in invariants.CHECKS for breach in invariants.found_by(check)]


class Finder:
    """Looks for one line among what the checks find: those first that say such a thing, or found others
    lately. To run all for each takes ten times as long.
    """

    def __init__(self) -> None:
        self._checks = list(invariants.CHECKS)

    def names(self, line: str, after: str) -> bool:
        """Whether a check finds it after this change; all is as before afterwards."""
        with _undone():
            by_hand(after)
            for check in sorted(self._checks, key=lambda check: -_likeness(check, line)):
                if any(line in str(breach) for breach in invariants.found_by(check)):
                    self._checks.remove(check)
                    self._checks.insert(0, check)
                    return True
            return False


def _likeness(check: Callable[[], object], line: str) -> int:
    """How much of what a check that is a query says is in this line."""
    said = check.args[1] if isinstance(check, partial) else ""
    return max((len(part) for part in re.split(r"{\w*}", said) if part in line), default=0)


@contextmanager
def _undone() -> Iterator[None]:
    with models.db.atomic() as transaction:
        yield
        transaction.rollback()


def paid(user_id: int = ALICE, **product: object) -> Order:
    placed = given.order(user_id, given.product(**product).id)
    settlement.settle(placed.id, given.status(placed))
    return orders.get(placed.id)


def hand_over(order: Order) -> None:
    """Every part of the goods reaches the buyer."""
    for part in goods.parts(order):
        delivery.begin(order.id, part.number)
        delivery.note(order.id, part.number, Delivery.SENT, 700 + part.number)
    delivery.mark_delivered(order.id)


def delivered(user_id: int = ALICE) -> Order:
    hand_over(paid(user_id))
    by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    return Order.get(Order.user == user_id)


def credited(user_id: int = ALICE) -> Order:
    """Paid late, when the goods were gone."""
    placed = given.order(user_id)
    settlement.expire(placed.id)
    with settings.override(late_payment="credit"):
        settlement.settle(placed.id, given.status(placed))
    return orders.get(placed.id)


def bought_with_balance(user_id: int = ALICE) -> Order:
    given.person(user_id, balance=60_000)
    return given.buy_with_balance(user_id, given.product(price=25_000).id, 1)

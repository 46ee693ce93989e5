"""Two doors at once: a payment that contradicts is decided by whoever is first, and by nobody else."""

import pytest

from app.errors import NothingToDecide
from app.sales import settlement
from models import LedgerEntry, Order
from tests.support import broken, given, racing


def decisions(order):
    return {
        "accept": lambda: settlement.accept(order.id, 50_000, why="bot"),
        "refuse": lambda: settlement.refuse(order.id, why="shell"),
        "settle": lambda: settlement.settle(order.id, given.status(order)),
    }


@pytest.mark.parametrize(
    "doors", [("accept", "accept"), ("accept", "refuse"), ("refuse", "refuse"), ("accept", "settle")]
)
def test_it_is_decided_once_however_many_decide(doors):
    given.person()
    for _ in range(5):
        order = given.deposit(50_000)
        settlement.settle(order.id, given.status(order, amount=1))
        before = LedgerEntry.select().count()

        results = racing.together(*[decisions(order)[door] for door in doors])

        entries = LedgerEntry.select().count() - before
        paid = given.state(order) == Order.CREDITED
        refused = [one for one in results if isinstance(one, NothingToDecide)]
        assert (entries, len(refused)) == (int(paid), 0 if settlement.KNOWN in results else 1)
    assert broken.breaches() == []

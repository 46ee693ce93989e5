"""Each check of what operators decide finds its breach."""

from __future__ import annotations

from app.sales import settlement, strays
from models import Stray
from tests.support import broken, given
from tests.support.given import ALICE


def accepted(amount: int):
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=amount))
    settlement.accept(order.id, amount, why="seen")
    return order


def test_an_amount_that_nobody_accepted():
    order = broken.paid()
    broken.by_hand("UPDATE payment SET accepted = 1 WHERE order_id = %s", order.id)

    named = f"invariant 5: {order.invoice}: its payment counts with 1, but the decision about it is missing"
    assert named in broken.breaches()


def test_a_decision_that_did_nothing():
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=1))
    broken.by_hand("UPDATE contradiction SET verdict = 'accepted', decided_at = now()")

    named = f"{order.invoice}: its payment counts with what it asked for"
    assert any(named in breach for breach in broken.breaches())


def test_an_excess_that_went_nowhere():
    order = accepted(30_000)
    broken.by_hand("UPDATE payment SET accepted = 25000 WHERE order_id = %s", order.id)

    assert any("but 1 entries credit the rest" in breach for breach in broken.breaches())


def test_a_stray_that_is_called_credited_and_was_not():
    given.person(ALICE)
    strays.note("TRXLOST", "PKS1")
    broken.by_hand("UPDATE stray SET outcome = 'credited', ended_at = now()")

    assert broken.breaches() == [
        f"invariant 1: stray {Stray.get().id}: is credited, but the ledger credits it 0 times",
        f"invariant 6: stray {Stray.get().id}: is credited, but the audit says open",
    ]

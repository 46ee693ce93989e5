"""Each check of invariants 1 and 3 finds its breach."""

from __future__ import annotations

from app.infra.queue import dead
from app.people import users
from app.sales import settlement, wallet
from tests.support import broken, given
from tests.support.given import ALICE


def test_a_completed_payment_whose_order_is_still_unpaid():
    order = broken.paid()
    broken.by_hand("UPDATE \"order\" SET state = 'pending' WHERE id = %s", order.id)

    found = broken.breaches()
    assert (f"invariant 1: {order.invoice}: its payment is completed, but the order is pending") in found


def test_an_order_that_is_paid_without_a_payment():
    order = broken.paid()
    broken.by_hand("UPDATE payment SET state = 'open' WHERE order_id = %s", order.id)

    assert f"invariant 1: {order.invoice}: the order is paid, but its payment is open" in broken.breaches()


def test_a_payment_about_another_amount():
    order = broken.paid(price=25_000)
    broken.by_hand("UPDATE payment SET amount = 2500 WHERE order_id = %s", order.id)

    found = broken.breaches()
    assert (f"invariant 1: {order.invoice}: the order costs 25000, but its payment is about 2500") in found


def test_a_paid_order_that_nobody_delivers():
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")

    found = broken.breaches()
    assert (f"invariant 1: {order.invoice}: the order is paid, but nobody is going to deliver it") in found


def test_a_dead_delivery_is_named_until_it_is_discarded_and_then_the_order():
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    dead.record("a-job", "deliver_order", "default", [order.id], "Telegram is on fire")
    [before] = broken.breaches()

    dead.discard("a-job")

    assert "its delivery has failed for good" in before
    assert broken.breaches() == [
        f"invariant 1: {order.invoice}: the order is paid, but nobody is going to deliver it"
    ]


def test_a_delivery_waits_for_a_buyer_who_blocked_the_bot():
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    users.mark_unreachable(order.user_id)

    assert broken.breaches() == []


def test_a_payment_that_can_still_be_made_and_nobody_watches():
    order = settlement.expire(given.order().id)
    broken.by_hand("UPDATE payment SET next_check_at = NULL WHERE order_id = %s", order.id)

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the order is expired, but its payment is open and nobody watches it"
    ) in found


def test_a_credited_order_without_a_credit():
    order = broken.credited()
    broken.by_hand("DELETE FROM ledger_entry")
    broken.by_hand('UPDATE "user" SET balance = 0')

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the order is credited, but the ledger credits it 0 times"
    ) in found


def test_a_credited_order_with_two_credits():
    order = broken.credited()
    wallet.post(order.user_id, order.total, f"order:{order.invoice}:credit again")

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the order is credited, but the ledger credits it 2 times"
    ) in found


def test_a_delivered_order_that_was_credited_too():
    order = broken.delivered()
    wallet.post(order.user_id, order.total, f"order:{order.invoice}:credit")

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the order is delivered, but the ledger credits it 1 times"
    ) in found


def test_a_balance_order_that_was_not_charged():
    order = broken.bought_with_balance()
    broken.by_hand("DELETE FROM ledger_entry WHERE amount < 0")
    broken.by_hand('UPDATE "user" SET balance = 60000')

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the order is paid by balance, but the ledger charges it 0 times"
    ) in found


def test_a_ledger_entry_that_differs_from_its_order():
    order = broken.bought_with_balance()
    broken.by_hand('UPDATE "order" SET total = 20000, unit_price = 20000')

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: ledger entry 2 posts -25000 to user 1 for it,"
        " the order says otherwise"
    ) in found


def test_a_balance_that_is_not_the_sum_of_its_ledger():
    given.person(ALICE, balance=5_000)
    broken.by_hand('UPDATE "user" SET balance = 9000')

    assert "invariant 3: user 1: the balance is 9000, but the ledger sums to 5000" in broken.breaches()


def test_a_ledger_entry_that_does_not_add_up():
    given.person(ALICE, balance=5_000)
    broken.by_hand("UPDATE ledger_entry SET balance = 9000")

    found = broken.breaches()
    assert ("invariant 3: user 1: ledger entry 1 adds 5000 to 0 and says that makes 9000") in found


def test_a_negative_balance():
    given.person(ALICE)

    found = broken.breaches_without(
        'ALTER TABLE "user" DROP CONSTRAINT user_balance_check', 'UPDATE "user" SET balance = -1'
    )

    assert "invariant 3: user 1: the balance is -1" in found

"""Refunds: what an order is worth by its age and claims, and giving it back once."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.errors import AmountOutOfRange, BalanceMoved, OrderClosed, RefundedBefore
from app.infra.queue import dead, lanes
from app.sales import delivery, goods, history, orders, refunds, wallet
from app.sales.refunds import Factors
from models import DeadLetter, Delivery, LedgerEntry, Order, utcnow
from tests.support import broken, given
from tests.support.given import ALICE, BOB, CHARLIE


def after(**time):
    return freeze_time(utcnow() + timedelta(**time))


def claimed(order, claims):
    Order.update(claims=claims).where(Order.id == order.id).execute()
    return orders.get(order.id)


@pytest.mark.parametrize(
    ("days", "claims", "amount"),
    [
        (0, 0, 20_000),  # 25,000 × 0.8
        (6.9, 0, 16_000),  # × 24/30
        (7, 0, 13_416),  # × 23/30 × 0.7, rounded down
        (29, 0, 583),
        (30, 0, 0),
        (400, 0, 0),
        (0, 1, 15_000),
        (10, 2, 10_000),
        (0, 3, 12_500),
        (0, 4, 10_000),
        (0, 200, 10_000),
    ],
)
def test_worth_falls_with_days_and_claims(days, claims, amount):
    order = claimed(broken.delivered(), claims)

    with after(days=days):
        assert refunds.worth(order).amount == amount


def test_a_clock_that_was_set_back_makes_nothing_worth_more():
    order = broken.delivered()

    with after(days=-3):
        assert refunds.worth(order).amount == 20_000


def test_undelivered_orders_have_no_worth():
    with pytest.raises(OrderClosed):
        refunds.worth(broken.paid())


def test_the_owner_may_change_the_factors():
    order = broken.delivered()

    refunds.set_factors(Factors(90, 50, 40, 30, 20))

    assert refunds.worth(order).amount == 22_500
    assert given.audited("refunds.factors_changed")[0]["after"]["new"] == 90


def test_a_refund_is_given_once():
    order = broken.delivered()

    refunds.give(order.id, 15_000, note="broken", actor_id=BOB)
    with pytest.raises(RefundedBefore):
        refunds.give(order.id, 15_000, note="broken", actor_id=BOB)

    assert (given.balance(), given.state(order)) == (15_000, Order.DELIVERED)
    assert given.told("refunded") == [ALICE]
    assert broken.breaches() == []


def test_a_refund_is_in_the_audit():
    order = broken.delivered()

    refunds.give(order.id, 1_000, note="Rusak", actor_id=BOB)

    assert given.audited("order.refunded") == [{"amount": 1_000}]


@pytest.mark.parametrize("amount", [0, -1, 25_001])
def test_a_refund_is_at_most_what_was_paid(amount):
    order = broken.delivered()

    with pytest.raises(AmountOutOfRange):
        refunds.give(order.id, amount, note="", actor_id=BOB)

    assert not LedgerEntry.select().exists()


def test_what_was_not_delivered_is_not_refunded():
    order = broken.paid()

    with pytest.raises(OrderClosed):
        refunds.give(order.id, 1_000, note="", actor_id=BOB)


def test_sending_again_happens_once_and_is_no_claim():
    order = broken.delivered()
    seen_ms = delivery.last_change_ms(order.id)

    first = delivery.send_again(order.id, state=order.state, seen_ms=seen_ms)
    again = delivery.send_again(order.id, state=order.state, seen_ms=seen_ms)
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    stale = delivery.send_again(order.id, state=order.state, seen_ms=seen_ms)

    assert (first, again, stale) == (delivery.SENDING, delivery.UNDER_WAY, delivery.MOVED_ON)
    assert orders.get(order.id).claims == 0


def test_a_delivery_is_helped_on_before_its_first_message():
    broken.delivered(CHARLIE)
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")

    assert delivery.last_change_ms(order.id) == 0
    assert delivery.send_again(order.id, state=order.state, seen_ms=0) == delivery.SENDING


@pytest.mark.parametrize(
    ("made", "act"), [(broken.delivered, delivery.redeliver), (broken.paid, delivery.mark_delivered)]
)
def test_goods_that_go_out_or_are_there_leave_nothing_to_run_again(made, act):
    order = made()
    for name, order_id in (("a", order.id), ("b", order.id + 1), ("c", order.id)):
        dead.record(name, "deliver_order", lanes.MONEY, [order_id], "refused")
    dead.discard("c")

    act(order.id)

    letters = DeadLetter.select().order_by(DeadLetter.id)
    assert [letter.state for letter in letters] == ["retried", "dead", "discarded"]


def test_a_second_sending_is_a_second_line_of_the_history():
    with freeze_time(utcnow() - timedelta(hours=1)):
        broken.delivered(CHARLIE)
    order = broken.delivered()
    with freeze_time(utcnow() + timedelta(hours=1)):
        delivery.redeliver(order.id)
    with freeze_time(utcnow() + timedelta(hours=2)):
        broken.hand_over(orders.get(order.id))

    told = [
        moment for moment in history.timeline(order, None) if moment.what.startswith(("goods", "order.re"))
    ]

    assert [moment.what for moment in told] == ["goods.sent", "order.redelivered", "goods.sent"]
    assert [(moment.at - told[0].at) // timedelta(hours=1) for moment in told] == [0, 1, 2]


def test_a_sending_after_a_replacement_keeps_the_time_of_each_before():
    order = broken.delivered()
    with freeze_time(utcnow() + timedelta(hours=1)):
        Delivery.insert(order=order.id, part=goods.FIRST_REPLACEMENT, state=Delivery.SENT).execute()
        early = order.paid_at - timedelta(hours=1)
        Delivery.insert(order=order.id, part=1, state=Delivery.UNKNOWN, at=early).execute()
    with freeze_time(utcnow() + timedelta(hours=2)):
        delivery.redeliver(order.id)

    told = [moment for moment in history.timeline(order, None) if moment.what.startswith("goods.")]

    assert [moment.what for moment in told] == ["goods.sent"] * 2
    assert [(moment.at - told[0].at) // timedelta(hours=1) for moment in told] == [0, 1]


def test_a_balance_is_set_only_from_the_one_that_was_seen():
    given.person(balance=5_000)
    bob = given.person(BOB, "Bob")

    with pytest.raises(BalanceMoved):
        wallet.set_to(ALICE, 9_000, seen=4_000, reason="edit:1", admin=bob)
    assert wallet.set_to(ALICE, 9_000, seen=5_000, reason="edit:1", admin=bob)
    assert not wallet.set_to(ALICE, 9_000, seen=5_000, reason="edit:1", admin=bob)

    assert given.balance() == 9_000
    entry = LedgerEntry.get(LedgerEntry.reason == "edit:1")
    assert (entry.amount, entry.note, entry.actor_id) == (4_000, "Bob", BOB)

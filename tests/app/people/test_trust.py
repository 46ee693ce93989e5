"""What people who do not pay may hold of the stock, and for how long QRIS pauses for them."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.backoffice import bans
from app.errors import OrderClosed, QrisPaused, ShareOnly
from app.people import trust, users
from app.sales import checkout, orders, settlement
from models import Order, utcnow
from tests.support import given
from tests.support.given import ALICE, BOB


@pytest.fixture(autouse=True)
def _database(database):
    """Every test starts from empty tables."""


def leaves_unpaid(times=1, end=settlement.expire):
    """Alice orders and does not pay, so many times."""
    for _ in range(times):
        end(given.order(ALICE).id)


def by_buyer(order_id):
    settlement.cancel(order_id, ALICE)


@pytest.mark.parametrize(("left", "most"), [(10, 5), (7, 3), (3, 1), (2, 1)])
def test_who_never_paid_holds_at_most_half_of_what_is_left(left, most):
    given.person()
    netflix = given.product(stock_lines=left)

    with pytest.raises(ShareOnly) as refused:
        checkout.place(ALICE, netflix.id, most + 1)

    assert (refused.value.product_id, refused.value.most) == (netflix.id, most)
    assert given.shelf(netflix.id) == {"available": left}
    assert checkout.place(ALICE, netflix.id, most).quantity == most


def test_the_last_item_is_for_newcomers_too():
    given.person()

    assert checkout.place(ALICE, given.product(stock_lines=1).id, 1)


@pytest.mark.parametrize("end", [settlement.expire, by_buyer])
def test_an_unpaid_order_proves_nothing(end):
    leaves_unpaid(end=end)

    assert not trust.has_paid(ALICE)


def test_one_payment_lifts_the_limit():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    assert checkout.place(ALICE, given.product("Spotify", stock_lines=4).id, 4)


def test_a_payment_that_came_late_counts():
    deposit = given.deposit()
    settlement.expire(deposit.id)
    settlement.settle(deposit.id, given.status(deposit))

    assert trust.has_paid(ALICE)


def test_goods_for_a_voucher_alone_prove_nothing():
    given.person()
    checkout.place(ALICE, given.product(price=1_000).id, 1, voucher=given.voucher(1_000))

    assert not trust.has_paid(ALICE)


def test_the_balance_buys_everything_at_once():
    given.person(balance=100_000)
    netflix = given.product(stock_lines=4)

    assert given.buy_with_balance(ALICE, netflix.id, 4).quantity == 4


@pytest.mark.parametrize("end", [settlement.expire, by_buyer])
def test_after_three_unpaid_orders_qris_pauses_an_hour(end):
    leaves_unpaid(3, end)
    ended = Order.select().order_by(Order.id.desc()).get().closed_at
    netflix = given.product("Last")

    with pytest.raises(QrisPaused) as refused:
        checkout.place(ALICE, netflix.id, 1)

    assert refused.value.until == ended + timedelta(hours=1)
    assert given.shelf(netflix.id) == {"available": 1}
    with freeze_time(refused.value.until + timedelta(seconds=1)):
        assert checkout.place(ALICE, netflix.id, 1)


def test_deposits_pause_and_are_paused_like_purchases():
    for _ in range(3):
        settlement.expire(given.deposit().id)

    with pytest.raises(QrisPaused):
        checkout.deposit(ALICE, 10_000)


def test_the_balance_works_while_qris_pauses():
    given.person(balance=100_000)
    leaves_unpaid(3)

    assert given.buy_with_balance(ALICE, given.product("Last").id, 1)


@pytest.mark.parametrize(
    "end", [lambda id: settlement.cancel_without_qr(id, "gateway"), settlement.cancel_by_operator]
)
def test_what_others_ended_is_not_held_against_the_buyer(end):
    leaves_unpaid(2)
    end(given.unopened().id)

    assert trust.paused_until(ALICE) is None


def test_a_payment_in_between_begins_anew():
    leaves_unpaid(2)
    order = given.order()
    settlement.settle(order.id, given.status(order))
    leaves_unpaid(2)

    assert trust.paused_until(ALICE) is None


def test_unpaid_orders_of_yesterday_pause_nothing():
    with freeze_time(utcnow() - timedelta(days=1)):
        leaves_unpaid(3)

    assert trust.paused_until(ALICE) is None


@pytest.mark.parametrize("end", [settlement.expire, by_buyer])
def test_who_left_the_last_order_unpaid_yields_for_an_hour(end):
    given.person()
    assert not trust.leaves_unpaid(ALICE)

    leaves_unpaid(1, end)
    given.unopened()

    assert trust.leaves_unpaid(ALICE)
    with freeze_time(utcnow() + trust.PAUSE):
        assert not trust.leaves_unpaid(ALICE)


def test_who_pays_again_yields_no_more():
    leaves_unpaid()
    order = given.order()
    settlement.settle(order.id, given.status(order))

    assert not trust.leaves_unpaid(ALICE)


def test_a_ban_cancels_the_unpaid_order_and_tells_the_person():
    order = given.order()

    done = bans.ban(ALICE)

    assert (done.changed, done.canceled) == (True, orders.get(order.id))
    assert given.shelf(order.product_id) == {"available": 1}
    assert given.promised("show_closed") == [[order.id]]
    assert [event["reason"] for event in given.audited("order.canceled")] == ["operator"]


def test_a_second_ban_cancels_what_the_first_one_left():
    order = given.order()
    users.ban(ALICE)

    done = bans.ban(ALICE)

    assert (done.changed, given.state(order)) == (False, Order.CANCELED)


def test_a_ban_leaves_what_was_paid():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    assert bans.ban(ALICE).canceled is None
    with pytest.raises(OrderClosed):
        settlement.cancel_by_operator(order.id)


def test_admins_hold_no_more_than_others():
    given.person(BOB, "Bob")

    with pytest.raises(ShareOnly):
        checkout.place(BOB, given.product(stock_lines=2).id, 2)

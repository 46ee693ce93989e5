"""Many buyers, few items: nobody gets what is not there, and nobody is told so falsely."""

import pytest

from app.catalogue import stock
from app.infra.transactions import atomic
from app.sales import checkout, settlement
from models import Order, StockItem
from tests.support import given, racing
from tests.support.given import ALICE, CHARLIE


def buyers(count):
    people = list(range(1001, 1001 + count))
    for user_id in people:
        given.person(user_id, f"Buyer {user_id}")
    return people


def test_the_last_item_is_sold_once():
    netflix = given.product(stock_lines=1)
    people = buyers(8)

    results = racing.together(*[lambda who=who: checkout.place(who, netflix.id, 1) for who in people])

    assert racing.kinds(results) == ["OutOfStock"] * 7 + ["ok"]
    assert given.shelf(netflix.id) == {"reserved": 1}


COUNTER = racing.compare("product", "available")


def test_without_the_counter_two_buyers_go_for_the_last_item():
    netflix = given.product(stock_lines=1)

    results = racing.overtaken(
        *[lambda who=who: checkout.place(who, netflix.id, 1) for who in buyers(2)], COUNTER
    )

    assert racing.kinds(results) == ["IntegrityError", "ok"]


@pytest.mark.parametrize("count", racing.CROWDS)
def test_many_buyers_get_exactly_the_items_that_there_are(count):
    items = count // 4
    netflix = given.product(stock_lines=items)
    people = buyers(count)

    results = racing.crowd(lambda who: checkout.place(who, netflix.id, 1), people)

    assert racing.kinds(results) == ["OutOfStock"] * (count - items) + ["ok"] * items
    assert given.shelf(netflix.id) == {"reserved": items}
    assert StockItem.select(StockItem.order).distinct().count() == items


def test_orders_of_several_items_never_share_one():
    netflix = given.product(stock_lines=20)
    people = buyers(12)
    for user_id in people:
        given.proven(user_id)

    results = racing.together(*[lambda who=who: checkout.place(who, netflix.id, 3) for who in people])

    assert racing.kinds(results) == ["OutOfStock"] * 6 + ["ok"] * 6
    assert given.shelf(netflix.id) == {"reserved": 18, "available": 2}
    placed = Order.select().where(Order.product == netflix.id)
    assert all(StockItem.select().where(StockItem.order == order.id).count() == 3 for order in placed)


def test_nobody_is_told_out_of_stock_while_a_reservation_may_still_fail():
    given.person()
    given.person(CHARLIE, "Charlie")
    netflix = given.product(stock_lines=1)
    holds, decided = racing.Meeting(), racing.Meeting()

    def hold_and_give_up():
        with atomic():
            order = checkout.place(ALICE, netflix.id, 1)
            holds()
            decided()
            settlement.cancel_without_qr(order.id, "test")

    def buy():
        holds()
        decided()
        return checkout.place(CHARLIE, netflix.id, 1)

    assert racing.kinds(racing.together(hold_and_give_up, buy)) == ["ok", "ok"]


def test_stock_may_be_added_while_it_is_bought():
    netflix = given.product(stock_lines=10)
    people = buyers(10)
    adds = [lambda n=n: stock.add(netflix.id, [f"NEW-{n}-{i}" for i in range(5)]) for n in range(5)]

    results = racing.together(*adds, *[lambda who=who: checkout.place(who, netflix.id, 1) for who in people])

    assert racing.kinds(results) == ["ok"] * 15
    assert given.shelf(netflix.id) == {"reserved": 10, "available": 25}


def test_the_same_lines_added_at_once_are_one_item_each():
    netflix = given.product(stock_lines=0)

    results = racing.together(*[lambda: stock.add(netflix.id, ["KEY-1", "KEY-2"])] * 4)

    assert sorted(results) == [0, 0, 0, 2]
    assert given.shelf(netflix.id) == {"available": 2}


def test_a_late_payment_and_a_new_buyer_do_not_get_the_same_item():
    order = given.order()
    settlement.expire(order.id)
    given.person(CHARLIE, "Charlie")

    late, new = racing.together(
        lambda: settlement.settle(order.id, given.status(order)),
        lambda: checkout.place(CHARLIE, order.product_id, 1),
    )

    if isinstance(new, Exception):
        assert late == settlement.LATE_PAID
    else:
        assert late == settlement.LATE_CREDITED
    assert given.shelf(order.product_id) == {"reserved": 1}


def test_two_newcomers_at_once_leave_half_of_what_is_left():
    netflix = given.product(stock_lines=10)

    results = racing.together(*[lambda who=who: checkout.place(who, netflix.id, 5) for who in buyers(2)])

    assert racing.kinds(results) == ["ShareOnly", "ok"]
    assert given.shelf(netflix.id) == {"reserved": 5, "available": 5}


def test_without_the_share_in_the_statement_two_newcomers_hold_it_all():
    netflix = given.product(stock_lines=10)
    share = racing.Guard(r"(\(GREATEST\(.*?\) >= %s\))", r"(\1 OR TRUE)")

    results = racing.overtaken(
        *[lambda who=who: checkout.place(who, netflix.id, 5) for who in buyers(2)], share
    )

    assert racing.kinds(results) == ["ok", "ok"]
    assert given.shelf(netflix.id) == {"reserved": 10}

"""Many buyers of few accounts: every slot is sold once, and nobody holds two of an account for nothing."""

from collections import Counter

import pytest

from app.catalogue import listings, stock
from app.ops import invariants
from app.sales import checkout
from models import Order, StockItem
from tests.support import fuzz, given, racing

PEOPLE = range(2_001, 2_201)


def buyers(people, balance=100_000):
    for user_id in people:
        given.person(user_id, f"Buyer {user_id}", balance=balance)
    return list(people)


def buys(product_id, quantity=1):
    return lambda who: given.buy_with_balance(who, product_id, quantity)


def twice():
    """How many slots of one account somebody holds, at most."""
    rows = StockItem.select(StockItem.account, Order.user).join(Order).tuples()
    return max(Counter((bytes(account), who) for account, who in rows).values())


@pytest.mark.parametrize("count", racing.CROWDS)
def test_many_buyers_get_exactly_the_slots_that_there_are(count):
    netflix = given.shared(count // 20, 5)
    slots = count // 4

    results = racing.crowd(lambda who: checkout.place(who, netflix.id, 1), buyers(PEOPLE[:count], balance=0))

    assert racing.kinds(results) == ["OutOfStock"] * (count - slots) + ["ok"] * slots
    assert given.shelf(netflix.id) == {"reserved": slots}
    assert StockItem.select(StockItem.order).distinct().count() == slots


def test_what_one_buys_several_times_at_once_is_of_different_accounts():
    netflix = given.shared(20, 8, price=1_000)
    few = buyers(PEOPLE[:20])

    results = racing.crowd(buys(netflix.id), [who for who in few for _ in range(4)])

    assert racing.kinds(results) == ["ok"] * 80
    assert twice() == 1
    assert given.shelf(netflix.id) == {"reserved": 80, "available": 80}


PREFERENCE = racing.Guard(r"coalesce\(held\.slots, 0\) \+ near\.nth", "1")


def test_without_the_preference_one_who_buys_in_between_gets_two_of_an_account():
    netflix = given.shared(2, 2)
    (who,) = buyers(PEOPLE[:1])
    first = lambda: given.buy_with_balance(who, netflix.id, 1)  # noqa: E731
    first()

    results = racing.overtaken(first, lambda: stock.add(given.product(stock_lines=0).id, ["KEY"]), PREFERENCE)

    assert racing.kinds(results) == ["ok", "ok"]
    assert twice() == 2


COUNTER = racing.compare("product", "available")


def test_without_the_counter_two_buyers_go_for_the_last_slot():
    netflix = given.shared(1, 1)
    listings.set_slots(given.product(stock_lines=0).id, 2)

    results = racing.overtaken(
        *[lambda who=who: checkout.place(who, netflix.id, 1) for who in buyers(PEOPLE[:2])], COUNTER
    )

    assert racing.kinds(results) == ["IntegrityError", "ok"]


def test_the_same_accounts_added_at_once_are_one_each():
    netflix = given.shared(0, 4)

    results = racing.together(*[lambda: stock.add(netflix.id, ["A", "B"])] * 4)

    assert sorted(results) == [0, 0, 0, 2]
    assert given.shelf(netflix.id) == {"available": 8}


def test_a_split_that_changes_while_lines_are_added_splits_all_of_them_alike():
    netflix = given.product(stock_lines=0)
    adds = [lambda n=n: stock.add(netflix.id, [f"A-{n}-{i}" for i in range(5)]) for n in range(4)]

    racing.together(*adds, lambda: listings.set_slots(netflix.id, 3))

    assert len({item.account is None for item in StockItem.select()}) == 1
    assert fuzz.unexplained(invariants.run()) == []

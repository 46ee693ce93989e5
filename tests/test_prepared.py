"""Queries that are put together once."""

from app.infra.prepared import GIVEN, Prepared, PreparedUpdate
from models import Order, Setting, User
from tests.support import given


def test_what_is_given_takes_the_place_of_what_stands_for_it(database):
    both = Prepared(Setting.select().where(Setting.key == GIVEN, Setting.value == GIVEN))
    Setting.insert(key="a", value=1).execute()

    assert both.first("a", "1").value == 1
    assert both.first("a", "2") is None


def test_rows_come_with_what_was_joined(database):
    order = given.order()
    with_buyer = Prepared(Order.select(Order, User).join(User).where(Order.id == GIVEN))

    assert with_buyer.first(order.id).user.name == "Alice"


def test_one_call_does_not_see_what_another_was_given(database):
    given.person(1, "Alice")
    given.person(2, "Bob")
    by_id = Prepared(User.select().where(User.id == GIVEN))

    assert [by_id.first(number).name for number in (1, 2, 1)] == ["Alice", "Bob", "Alice"]


def test_a_change_is_made_where_it_may_be_whatever_order_its_fields_are_named_in(database):
    order = given.order()
    moved = PreparedUpdate(Order, Order.id == GIVEN, Order.state.in_([Order.PENDING]))

    (changed,) = moved.all({"reason": "late", "wish": {"product": 1}, "state": Order.PAID}, order.id)

    assert (changed.state, changed.reason, changed.wish) == (Order.PAID, "late", {"product": 1})
    assert moved.all({"state": Order.PAID, "reason": None, "wish": None}, order.id) == []

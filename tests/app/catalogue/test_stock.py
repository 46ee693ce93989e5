"""Goods on the shelf: handed in, without duplicates, encrypted, set aside, put back, sold."""

import pytest

from app.catalogue import products, stock, stockroom
from app.errors import OutOfStock, Unknown
from app.sales import checkout, delivery, orders, settlement
from models import AuditEvent, Setting, StockItem
from tests.support import given
from tests.support.given import ALICE, CHARLIE


def test_each_line_is_an_item():
    netflix = given.product(stock_lines=0)

    assert stock.add(netflix.id, ["KEY-1", " KEY-2 ", "", "   "]) == 2
    assert given.shelf(netflix.id) == {"available": 2}


def test_duplicates_are_counted_and_left_out():
    netflix = given.product(stock_lines=["KEY-1"])

    assert stock.add(netflix.id, ["KEY-1", "KEY-2", "KEY-2", "KEY-3"]) == 2
    assert given.shelf(netflix.id) == {"available": 3}


def test_duplicates_of_sold_items_are_found():
    order = given.order(product_id=given.product(stock_lines=["KEY-1"]).id)
    settlement.settle(order.id, given.status(order))
    delivery.mark_delivered(order.id)

    assert stock.add(order.product_id, ["KEY-1"]) == 0


def test_another_product_may_have_the_same_item():
    given.product(stock_lines=["KEY-1"])

    assert stock.add(given.product("Spotify", stock_lines=0).id, ["KEY-1"]) == 1


def test_many_lines_go_in_at_once():
    netflix = given.product(stock_lines=0)
    lines = [f"KEY-{n % 1_100}" for n in range(1_200)]

    assert stock.add(netflix.id, lines) == 1_100
    assert given.shelf(netflix.id) == {"available": 1_100}


def test_goods_are_encrypted_where_they_lie():
    given.product(stock_lines=["SECRET-KEY"])

    item = StockItem.get()

    assert b"SECRET" not in bytes(item.content) + bytes(item.fingerprint)
    assert "SECRET" not in str([event.data for event in AuditEvent.select()])
    assert len(Setting.get(Setting.key == "fingerprint_key").value) > 64


@pytest.mark.parametrize("retired", [True, False])
def test_nothing_is_added_to_a_product_that_is_not_on_sale(retired):
    product_id = given.product().id if retired else 99
    if retired:
        products.retire(product_id)

    with pytest.raises(Unknown):
        stock.add(product_id, ["KEY-1"])


def test_reserving_is_all_or_nothing():
    order = given.unopened()
    netflix = given.product("Spotify", stock_lines=2)

    with pytest.raises(OutOfStock) as refusal:
        stock.reserve(netflix.id, 3, order.id)

    assert (refusal.value.product_id, refusal.value.left) == (netflix.id, 2)
    assert given.shelf(netflix.id) == {"available": 2}


def test_a_counter_without_items_behind_it_is_not_sold():
    given.person()
    given.proven()
    netflix = given.product(stock_lines=2)
    StockItem.delete().where(StockItem.id == 1).execute()

    with pytest.raises(RuntimeError):
        checkout.place(ALICE, netflix.id, 2)

    assert not orders.unpaid(ALICE)


def test_releasing_puts_back_what_was_reserved_once():
    order = given.unopened(quantity=2)

    assert [stock.release(order), stock.release(order)] == [2, 0]
    assert given.shelf(order.product_id) == {"available": 2}


def test_selling_counts_and_keeps_the_items():
    order = given.unopened(quantity=2)

    stock.sell(order)

    assert given.shelf(order.product_id) == {"sold": 2}
    assert products.get(order.product_id).sold == 2
    assert [each.content for each in stock.of_order(order)] == ["KEY-1-0", "KEY-1-1"]


def test_what_is_sold_is_not_released():
    order = given.unopened()
    stock.sell(order)

    assert stock.release(order) == 0
    assert given.shelf(order.product_id) == {"sold": 1}


def test_a_copy_that_is_sold_is_not_taken_back():
    shared = given.product(stock_lines=0)
    stockroom.share(shared.id, StockItem.TEXT, "EVERYBODY")
    order = given.unopened(product_id=shared.id)
    stock.sell(order)

    assert stock.release(order) == 0
    assert given.shelf(shared.id) == {"sold": 1}


def test_what_was_replaced_is_not_sold_again():
    order = given.unopened()
    stock.sell(order)
    StockItem.update(state=StockItem.FAULTY).where(StockItem.order == order.id).execute()

    assert stock.sell(order) == 0
    assert given.shelf(order.product_id) == {"faulty": 1}


def test_what_becomes_of_one_product_leaves_the_counters_of_another():
    other = given.product("Spotify", stock_lines=3)
    netflix = given.product(stock_lines=2)

    stock.release(given.unopened(product_id=netflix.id))
    stock.add(netflix.id, ["KEY-MORE"])
    stock.sell(given.unopened(CHARLIE, netflix.id))

    assert given.shelf(netflix.id) == {"available": 2, "sold": 1}
    assert (given.shelf(other.id), products.get(other.id).sold) == ({"available": 3}, 0)


@pytest.mark.parametrize(("end", "becomes"), [(stock.release, "available"), (stock.sell, "sold")])
def test_what_becomes_of_one_order_leaves_the_goods_of_another(end, becomes):
    netflix = given.product(stock_lines=2)
    ended, other = given.unopened(ALICE, netflix.id), given.unopened(CHARLIE, netflix.id)

    end(ended)

    assert given.shelf(netflix.id) == {becomes: 1, "reserved": 1}
    assert [each.content for each in stock.of_order(other)] == ["KEY-1-1"]


@pytest.mark.parametrize(("end", "left"), [(stock.release, {}), (stock.sell, {"sold": 1})])
def test_what_becomes_of_one_copy_leaves_those_of_others(end, left):
    shared = given.product(stock_lines=0)
    stockroom.share(shared.id, StockItem.TEXT, "EVERYBODY")
    ended, other = given.unopened(ALICE, shared.id), given.unopened(CHARLIE, shared.id)

    end(ended)

    assert given.shelf(shared.id) == {"reserved": 1} | left
    assert [each.content for each in stock.of_order(other)] == ["EVERYBODY"]

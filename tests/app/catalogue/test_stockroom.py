"""A file that is sold to many: copies for orders, and nothing left over."""

import pytest

from app.catalogue import products, stock, stockroom
from app.errors import OutOfStock
from app.ops import invariants
from app.people import users
from app.sales import checkout, delivery, goods, orders, settlement
from models import StockItem
from tests.support import given
from tests.support.given import ALICE, CHARLIE


@pytest.fixture
def ebook(database):
    given.person()
    made = given.product("E-book", stock_lines=0)
    stockroom.share(made.id, StockItem.DOCUMENT, "FILE")
    return products.get(made.id)


def ordered(product_id, quantity):
    """An unpaid order of somebody without a past: files that are sold to many are nothing to hold back."""
    placed = checkout.place(ALICE, product_id, quantity)
    settlement.note_opened(placed.id, given.answer(placed))
    return placed


def test_an_order_holds_as_many_copies_as_were_bought(ebook):
    order = ordered(ebook.id, 3)

    assert [(each.kind, each.content) for each in stock.of_order(order)] == [("document", "FILE")] * 3
    assert given.shelf(ebook.id) == {"reserved": 3}
    assert invariants.run() == []


@pytest.mark.parametrize(
    "end", [lambda order: settlement.cancel(order.id, ALICE), lambda o: settlement.expire(o.id)]
)
def test_copies_go_with_the_order_that_was_not_paid(ebook, end):
    end(ordered(ebook.id, 2))

    assert given.shelf(ebook.id) == {}
    assert invariants.run() == []


def test_a_delivered_copy_stays_the_buyer_s(ebook):
    order = given.order(ALICE, ebook.id)
    settlement.settle(order.id, given.status(order))
    delivery.mark_delivered(order.id)
    stockroom.remove_all(ebook.id, 0)

    assert goods.parts(orders.get(order.id)) == [goods.Part(0, "document", "FILE")]
    assert (products.get(ebook.id).sold, users.get(ALICE).bought) == (1, 1)
    assert [breach for breach in invariants.run() if breach.invariant == 2] == []


def test_a_late_payment_gets_new_copies(ebook):
    order = given.order(ALICE, ebook.id)
    settlement.expire(order.id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID
    assert given.shelf(ebook.id) == {"reserved": 1}


def test_without_the_file_there_is_nothing_to_sell(ebook):
    stockroom.remove_all(ebook.id, 0)

    with pytest.raises(OutOfStock):
        checkout.place(ALICE, ebook.id, 1)


def test_goods_reserved_before_come_back_as_they_were(database):
    order = given.order()
    stockroom.share(order.product_id, StockItem.DOCUMENT, "FILE")
    copy = given.order(CHARLIE, order.product_id)

    settlement.expire(order.id)
    settlement.expire(copy.id)

    assert given.shelf(order.product_id) == {"available": 1}
    assert invariants.run() == []


def test_a_copy_without_an_order_would_be_noticed(ebook):
    order = given.order(ALICE, ebook.id)
    StockItem.update(state=StockItem.AVAILABLE, order=None).where(StockItem.order == order.id).execute()

    assert any("has no fingerprint" in str(breach) for breach in invariants.run())

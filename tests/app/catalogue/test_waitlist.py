"""Word of stock: for those who wait, and for the admins when it runs out."""

import pytest

from app.catalogue import products, stock, stockroom, waitlist
from app.errors import Unknown
from app.infra import stored
from app.sales import settlement
from models import RestockWaiter, StockItem
from tests.support import given
from tests.support.given import ALICE, BOB, CHARLIE


@pytest.fixture
def sold_out(database):
    given.person()
    return given.product(stock_lines=0)


def test_who_asks_is_noted_once(sold_out):
    answers = [waitlist.ask(sold_out.id, ALICE) for _ in range(2)]

    assert answers == [waitlist.NOTED, waitlist.KNOWN]


def test_what_is_there_needs_no_waiting(sold_out):
    stock.add(sold_out.id, ["KEY-1"])

    assert waitlist.ask(sold_out.id, ALICE) == waitlist.THERE
    assert not RestockWaiter.select().exists()


def test_nobody_waits_for_what_is_not_sold(sold_out):
    products.retire(sold_out.id)

    with pytest.raises(Unknown):
        waitlist.ask(sold_out.id, ALICE)


def test_new_goods_promise_word(sold_out):
    waitlist.ask(sold_out.id, ALICE)

    stock.add(sold_out.id, ["KEY-1"])

    assert given.promised("tell_waiters") == [[sold_out.id]]


def test_without_waiters_nothing_is_promised(sold_out):
    stock.add(sold_out.id, ["KEY-1"])

    assert given.promised("tell_waiters") == []


def test_goods_that_come_back_promise_word_too(sold_out):
    order = given.order(CHARLIE)
    waitlist.ask(order.product_id, ALICE)

    settlement.expire(order.id)

    assert given.promised("tell_waiters") == [[order.product_id]]


def test_a_file_for_everybody_is_word_enough(sold_out):
    waitlist.ask(sold_out.id, ALICE)

    stockroom.share(sold_out.id, StockItem.DOCUMENT, "FILE")

    assert given.promised("tell_waiters") == [[sold_out.id]]


def test_everybody_is_told_once(sold_out):
    given.person(CHARLIE, "Charlie")
    for user in (ALICE, CHARLIE):
        waitlist.ask(sold_out.id, user)
    stock.add(sold_out.id, ["KEY-1"])

    for _ in range(2):
        waitlist.notify_some(sold_out.id)

    assert sorted(given.told("restocked")) == [ALICE, CHARLIE]


def test_what_is_gone_again_is_no_news_yet(sold_out):
    waitlist.ask(sold_out.id, ALICE)
    stock.add(sold_out.id, ["KEY-1"])
    given.order(CHARLIE, sold_out.id)

    waitlist.notify_some(sold_out.id)

    assert given.told("restocked") == []
    assert RestockWaiter.get().user_id == ALICE


def test_low_stock_is_told_once_a_crossing(database):
    netflix = given.product(stock_lines=6)
    told = []
    for user in range(11, 16):
        given.order(user, netflix.id)
        told.append((len(given.told("stock_low")), len(given.told("stock_out"))))

    assert told == [(0, 0), (0, 0), (1, 0), (1, 0), (1, 0)]
    assert given.told("stock_low") == [BOB]


def test_the_last_item_is_told_too(database):
    netflix = given.product(stock_lines=5)

    given.order(ALICE, netflix.id, 5)

    assert (given.told("stock_low"), given.told("stock_out")) == ([], [BOB])


def test_crossing_again_is_told_again(database):
    order = given.order()
    settlement.expire(order.id)

    given.order(CHARLIE, order.product_id)

    assert len(given.told("stock_out")) == 2


def test_what_is_low_is_a_setting(database):
    stored.put(waitlist.LOW_STOCK, 1)

    given.order(ALICE, given.product(stock_lines=4).id, 2)
    assert given.told("stock_low") == []


def test_a_file_for_everybody_never_runs_out(sold_out):
    stockroom.share(sold_out.id, StockItem.DOCUMENT, "FILE")

    given.order(ALICE, sold_out.id, 100)

    assert given.told("stock_out") == []

"""A process that has another key than the shop's finds out before it does anything."""

import pytest

import settings
from app.catalogue import stock, stock_key, stockroom
from app.errors import GoodsLocked, Locked
from models import StockItem
from tests.support import given

OTHER = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


@pytest.fixture(autouse=True)
def _database(database, valkey):
    """Every test writes."""


def another_key():
    return settings.override(stock_encryption_key=OTHER)


def test_the_key_that_made_the_canary_opens_it():
    stock_key.check()
    stock_key.check()


def test_another_key_does_not():
    stock_key.check()

    with another_key(), pytest.raises(stock_key.WrongKey, match="STOCK_ENCRYPTION_KEY"):
        stock_key.check()


def test_a_new_key_may_stand_before_the_one_that_made_it():
    stock_key.check()
    old = settings.current().stock_encryption_key.get_secret_value()

    with settings.override(stock_encryption_key=f"{OTHER},{old}"):
        stock_key.check()


def test_who_has_lost_the_key_may_go_on_with_another():
    given.product(stock_lines=["KEY-1"])
    stock_key.check()

    with another_key():
        stock_key.renew()
        stock_key.check()
        assert stock.add(given.product("New").id, ["KEY-2"]) == 1
    assert given.audited("keys.abandoned") == [{}]


def test_goods_that_no_key_opens_are_not_sold():
    product = given.product(stock_lines=["KEY-1"])

    with another_key(), pytest.raises(GoodsLocked):
        given.order(product_id=product.id)

    assert given.shelf(product.id) == {"available": 1}
    assert given.promised("open_payment") == []


def test_a_file_for_everybody_that_no_key_opens_is_not_sold():
    product = given.product(stock_lines=0)
    stockroom.share(product.id, "document", "FILE")

    with another_key(), pytest.raises(GoodsLocked):
        given.order(product_id=product.id)

    assert not StockItem.select().exists()


def test_goods_are_not_added_under_another_key():
    product, empty = given.product(stock_lines=["KEY-1"]), given.product("Other", stock_lines=0)

    with another_key():
        with pytest.raises(Locked):
            stock.add(product.id, ["KEY-2"])
        with pytest.raises(Locked):
            stockroom.share(empty.id, "text", "X")

    assert given.shelf(product.id) == {"available": 1}


def test_locked_goods_can_be_found_and_removed():
    product = given.product(stock_lines=["KEY-1"])
    StockItem.update(content=b"broken").execute()
    stock.add(product.id, ["KEY-2"])

    assert [(kind, content) for _, kind, content in stockroom.export(product.id)] == [
        ("locked", ""),
        ("text", "KEY-2"),
    ]

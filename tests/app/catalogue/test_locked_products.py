"""Which products are off the shelf because no key opens what they would sell next."""

import pytest

from app.catalogue import locked_products, products, waitlist
from models import Product, StockItem
from tests.support import given
from tests.support.given import ALICE, BOB


@pytest.fixture(autouse=True)
def _database(database, valkey):
    """Every test writes."""


def spoil(product, *, item):
    """What no key opens."""
    ids = StockItem.select(StockItem.id).where(StockItem.product == product.id).order_by(StockItem.id)
    StockItem.update(content=b"?").where(StockItem.id == ids.offset(item).limit(1)).execute()


def locked():
    return [product.id for product in Product.select().where(Product.locked_at.is_null(False))]


def test_what_cannot_be_opened_is_off_the_shelf_and_nothing_else():
    lost, retired = given.product(stock_lines=2), given.product("Canva")
    for number, name in enumerate(("Spotify", "Vidio")):
        given.product(name, stock_lines=number)
    spoil(lost, item=0)
    spoil(retired, item=0)
    products.retire(retired.id)

    assert (locked_products.check(), locked_products.check()) == (1, 0)
    assert locked() == [lost.id]
    assert (given.told("goods_locked"), given.audited("stock.locked")) == ([BOB], [{}])


def test_only_what_is_sold_next_is_looked_at():
    product = given.product(stock_lines=3)
    given.order(product_id=product.id)  # of the first
    spoil(product, item=0)
    spoil(product, item=2)

    assert (locked_products.check(), locked()) == (0, [])


def test_who_waits_hears_that_it_is_back():
    given.person()
    product = given.product()
    spoil(product, item=0)
    locked_products.check()
    waitlist.ask(product.id, ALICE)
    StockItem.delete().execute()

    assert (locked_products.check(), locked()) == (1, [])
    assert given.promised("tell_waiters") == [[product.id]]
    assert (given.told("goods_locked"), given.audited("stock.unlocked")) == ([BOB], [{}])

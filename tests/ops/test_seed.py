"""The sample shop."""

from __future__ import annotations

from app.catalogue import products, stock
from app.ops import invariants, sample_shop
from models import Product, StockItem, User
from tests.support import given


def test_the_sample_shop_is_complete_and_sound(ops):
    answer = ops("seed")

    assert answer.out == "added 25 products with 560 items, 0 were there already\n"
    assert len(products.categories()) == 6
    assert products.categories()[-1] == (None, 1)
    assert products.on_sale().count() - products.in_stock().count() == 1
    assert invariants.run() == []


def test_a_second_time_changes_nothing(database):
    sample_shop.add_all()
    stock.add(106, ["mine"])

    again = sample_shop.add_all()

    assert (again.products, again.items, again.known) == (0, 0, 25)
    assert Product.get_by_id(106).available == 1


def test_the_sample_shop_shows_what_prices_can_do(database):
    sample_shop.add_all()

    buyer, reseller = User(is_reseller=False), User(is_reseller=True)
    paid = [products.offer_for(products.get(number), buyer).price for number in (101, 303, 305, 501)]
    assert paid == [45_000, 49_500, 19_000, 28_800]
    assert products.offer_for(products.get(101), reseller).price == 40_000
    assert stock.left(products.get(sample_shop.SHARED)) == stock.ENDLESS


def test_a_shop_with_products_of_its_own_gets_no_discount_on_a_category(database):
    given.product("Mine", number=501, category=sample_shop.DISCOUNTED)

    sample_shop.add_all()

    assert products.offer_for(products.get(501), User()).price == 25_000


def test_products_of_the_shop_keep_their_numbers_and_goods(database):
    mine = given.product("Mine", number=101)

    sample_shop.add_all()

    assert products.get(101).name == "Mine"
    assert StockItem.select().where(StockItem.product == mine.id).count() == 1


def test_sample_texts_hold_what_must_be_escaped(database):
    texts = "".join(sample.name + sample.description for sample in sample_shop.SAMPLES)

    assert set("<>&_*") <= set(texts)
    assert {500, 250_000} <= {sample.price for sample in sample_shop.SAMPLES}

"""The sample shop."""

from __future__ import annotations

from app import catalogue, seed, stock, verify
from models import Product, StockItem, User
from tests.support import given


def test_the_sample_shop_is_complete_and_sound(shell):
    answer = shell("seed")

    assert answer.out == "added 25 products with 560 items, 0 were there already\n"
    assert len(catalogue.categories()) == 6
    assert catalogue.categories()[-1] == (None, 1)
    assert catalogue.on_sale().count() - catalogue.in_stock().count() == 1
    assert verify.run() == []


def test_a_second_time_changes_nothing(database):
    seed.plant()
    stock.add(106, ["mine"])

    again = seed.plant()

    assert (again.products, again.items, again.known) == (0, 0, 25)
    assert Product.get_by_id(106).available == 1


def test_the_sample_shop_shows_what_prices_can_do(database):
    seed.plant()

    buyer, reseller = User(is_reseller=False), User(is_reseller=True)
    paid = [catalogue.price_for(catalogue.get(number), buyer) for number in (101, 303, 305, 501)]
    assert paid == [45_000, 49_500, 19_000, 28_800]
    assert catalogue.price_for(catalogue.get(101), reseller) == 40_000
    assert stock.left(catalogue.get(seed.SHARED)) == stock.ENDLESS


def test_a_shop_with_products_of_its_own_gets_no_discount_on_a_category(database):
    given.product("Mine", number=501, category=seed.DISCOUNTED)

    seed.plant()

    assert catalogue.price_for(catalogue.get(501), User()) == 25_000


def test_products_of_the_shop_keep_their_numbers_and_goods(database):
    mine = given.product("Mine", number=101)

    seed.plant()

    assert catalogue.get(101).name == "Mine"
    assert StockItem.select().where(StockItem.product == mine.id).count() == 1


def test_sample_texts_hold_what_must_be_escaped(database):
    texts = "".join(sample.name + sample.description for sample in seed.SAMPLES)

    assert set("<>&_*") <= set(texts)
    assert {500, 250_000} <= {sample.price for sample in seed.SAMPLES}

"""The sample shop."""

from __future__ import annotations

from app import catalogue, seed, stock, verify
from models import Product, StockItem
from tests.support import given


def test_the_sample_shop_is_complete_and_sound(shell):
    answer = shell("seed")

    assert answer.out == "added 24 products with 560 items, 0 were there already\n"
    assert len(catalogue.categories()) == 6
    assert catalogue.categories()[-1] == (None, 1)
    assert catalogue.on_sale().count() - catalogue.in_stock().count() == 1
    assert verify.run() == []


def test_a_second_time_changes_nothing(database):
    seed.plant()
    stock.add(106, ["mine"])

    again = seed.plant()

    assert (again.products, again.items, again.known) == (0, 0, 24)
    assert Product.get_by_id(106).available == 1


def test_products_of_the_shop_keep_their_numbers_and_goods(database):
    mine = given.product("Mine", number=101)

    seed.plant()

    assert catalogue.get(101).name == "Mine"
    assert StockItem.select().where(StockItem.product == mine.id).count() == 1


def test_sample_texts_hold_what_must_be_escaped(database):
    texts = "".join(sample.name + sample.description for sample in seed.SAMPLES)

    assert set("<>&_*") <= set(texts)
    assert {500, 250_000} <= {sample.price for sample in seed.SAMPLES}

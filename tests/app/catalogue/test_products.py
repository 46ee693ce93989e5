"""Products: their numbers, what of them is for sale, categories."""

import pytest

from app.catalogue import products
from app.errors import NumberTaken, Unknown
from models import Product
from tests.support import given


def test_a_product_without_a_number_gets_the_smallest_free_one():
    numbers = [products.add("one", 500, number=n).id for n in (1, 2, 5)]

    assert numbers == [1, 2, 5]
    assert [products.add("more", 500).id for _ in range(3)] == [3, 4, 6]


def test_a_number_is_given_once_even_after_the_product_is_retired():
    products.add("Netflix", 500, number=7)
    products.retire(7)

    with pytest.raises(NumberTaken):
        products.add("Spotify", 500, number=7)


def test_a_retired_product_is_nowhere():
    netflix = given.product(category="Streaming")
    products.retire(netflix.id)

    assert not products.on_sale().exists()
    assert not products.in_category("Streaming").exists()
    assert products.categories() == []
    with pytest.raises(Unknown):
        products.get(netflix.id)


def test_retiring_twice_is_refused():
    netflix = given.product()
    products.retire(netflix.id)

    with pytest.raises(Unknown):
        products.retire(netflix.id)


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 10**30])
def test_numbers_of_no_product_are_unknown(number):
    with pytest.raises(Unknown):
        products.get(number)


def test_products_without_stock_are_on_sale_but_not_in_stock():
    full, empty = given.product(), given.product("Spotify", stock_lines=0)

    assert [product.id for product in products.on_sale()] == [full.id, empty.id]
    assert [product.id for product in products.in_stock()] == [full.id]


def test_categories_are_counted_with_the_nameless_one_last():
    for category in ("Streaming", None, "Akun", "Streaming"):
        given.product(category=category)

    assert products.categories() == [("Akun", 1), ("Streaming", 2), (None, 1)]
    assert products.in_category(None).count() == 1


def test_sales_are_the_sum_of_all_products():
    assert products.sales() == 0
    for sold in (2, 3):
        Product.update(sold=sold).where(Product.id == given.product().id).execute()

    assert products.sales() == 5

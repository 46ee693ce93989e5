"""What one item costs whom."""

import pytest

from app.catalogue import prices, products
from app.catalogue.prices import Discount, Offer
from app.errors import PriceChanged
from app.people import users
from app.sales import checkout
from models import CategoryDiscount, Order, Product, User
from tests.support import given
from tests.support.given import ALICE, RINA


@pytest.fixture
def rina(database) -> User:
    given.person(RINA, "Rina")
    users.make_reseller(RINA, reseller=True)
    return users.get(RINA)


def product(**columns) -> Product:
    made = given.product(price=50_000, stock_lines=3, category="Streaming")
    if columns:
        Product.update(**columns).where(Product.id == made.id).execute()
    return products.get(made.id)


def of_category(**columns) -> None:
    CategoryDiscount.insert(category="Streaming", **columns).execute()


@pytest.mark.parametrize(
    ("own", "category", "paid"),
    [
        ({}, {}, 50_000),
        ({"discount_percent": 10}, {}, 45_000),
        ({"discount_amount": 7_000}, {}, 43_000),
        ({}, {"percent": 15}, 42_500),
        ({}, {"amount": 1_000}, 49_000),
        ({"discount_percent": 10}, {"amount": 4_000}, 45_000),
        ({"discount_amount": 4_000}, {"percent": 10}, 45_000),
    ],
)
def test_the_better_discount_counts(own, category, paid):
    alice, netflix = given.person(), product(**own)
    if category:
        of_category(**category)

    assert products.offer_for(netflix, alice) == Offer(50_000, paid)


def test_a_reseller_s_discount_comes_off_the_reseller_s_price(rina):
    netflix = product(reseller_price=40_000, discount_percent=10)

    assert products.offer_for(netflix, rina) == Offer(40_000, 36_000)
    assert products.offer_for(netflix, given.person()) == Offer(50_000, 45_000)


def test_a_reseller_never_pays_more_than_others(rina):
    assert products.offer_for(product(reseller_price=60_000), rina).price == 50_000


def test_one_rupiah_always_remains():
    assert prices.offer(500, None, [Discount(amount=9_000)]) == Offer(500, 1)
    assert prices.offer(1, None, [Discount(percent=99)]) == Offer(1, 1)


def test_a_broken_rupiah_stays_with_the_shop():
    assert prices.offer(999, None, [Discount(percent=10)]).price == 900


def test_an_order_records_the_full_price_and_what_came_off():
    given.person()
    given.proven()
    netflix = product(discount_percent=10)

    order = checkout.place(ALICE, netflix.id, 3)

    assert (order.unit_price, order.discount, order.total) == (50_000, 15_000, 135_000)
    assert given.payment(order).amount == 135_000


@pytest.mark.parametrize("buy", [checkout.place, given.buy_with_balance])
def test_nothing_is_placed_at_a_price_that_was_not_agreed_to(buy):
    given.person(balance=100_000)
    netflix = product()

    with pytest.raises(PriceChanged) as refusal:
        buy(ALICE, netflix.id, 1, agreed=45_000)

    assert refusal.value.total == 50_000
    assert not Order.select().exists()
    assert given.balance() == 100_000

"""A number that a retired product has, and from how many items on stock is low."""

from __future__ import annotations

import pytest

from app.catalogue import products, waitlist
from app.ops import invariants
from app.sales import delivery
from tests.support import given
from tests.support.chatter import Chatter, labels

ADD = "/add 101|Spotify|Musik|15000|Premium | 1 bulan"


@pytest.fixture
def retired(admin: Chatter, buyer: Chatter, shop):
    shop.sells("Netflix", number=101, price=25_000, stock=["K1", "K2"])
    delivery.mark_delivered(given.buy_with_balance(given.person(balance=25_000).id, 101, 1).id)
    products.retire(101)


def test_adding_on_a_retired_number_offers_both_ways(admin: Chatter, retired):
    outcome = admin.says(ADD)

    assert "Netflix" in outcome.screen.text
    assert labels(outcome) == ["Jual lagi Netflix", "Pakai nomor 1"]


def test_a_retired_product_comes_back_as_it_was(admin: Chatter, retired):
    outcome = admin.taps(admin.says(ADD), "Jual lagi")

    assert "dijual lagi" in outcome.screen.text
    product = products.get(101)
    assert (product.name, product.price, product.available, product.sold) == ("Netflix", 25_000, 1, 1)
    assert given.audited("product.returned") == [{"name": "Netflix"}]
    assert not [breach for breach in invariants.run() if "product" in breach.subject]


def test_the_new_one_gets_the_free_number_with_all_that_was_typed(admin: Chatter, retired):
    admin.taps(admin.says(ADD), "Pakai nomor 1")

    product = products.get(1)
    assert (product.name, product.category, product.price) == ("Spotify", "Musik", 15_000)
    assert product.description == "Premium | 1 bulan"


def test_a_number_of_a_product_on_sale_offers_the_free_one(admin: Chatter, shop):
    shop.sells("Netflix", number=101)

    outcome = admin.says(ADD)

    assert labels(outcome) == ["Pakai nomor 1"]
    assert products.get(101).name == "Netflix"


def test_an_old_offer_adds_nothing(admin: Chatter, retired):
    outcome = admin.says(ADD)
    admin.says("/version")

    assert "tidak berlaku" in admin.taps(outcome, "Pakai nomor").reply.toast
    assert products.smallest_free() == 1


def test_what_is_on_sale_is_not_brought_back_again(admin: Chatter, retired):
    outcome = admin.says(ADD)
    admin.taps(outcome, "Jual lagi")

    assert "tidak ada" in admin.taps(outcome, "Jual lagi").reply.toast


def test_the_limit_of_low_stock_is_told_and_changed(admin: Chatter, shop):
    assert "tinggal <b>3</b>" in admin.says("/lowstock").screen.text

    assert "3 → <b>5</b>" in admin.says("/lowstock 5").screen.text

    assert waitlist.low_stock() == 5
    assert given.audited("shop.low_stock") == [{"before": 3, "after": 5}]
    assert not [breach for breach in invariants.run() if "low_stock" in breach.subject]


@pytest.mark.parametrize("typed", ["-1", "banyak", "1001", "٣", "9" * 30])
def test_an_odd_limit_is_refused_with_what_holds(admin: Chatter, typed: str):
    said = admin.says(f"/lowstock {typed}").screen.text

    assert "Sekarang: <b>3</b>" in said
    assert "/lowstock 5" in said


def test_only_admins_set_it(buyer: Chatter):
    assert buyer.says("/lowstock 5").screen is None
    assert waitlist.low_stock() == 3

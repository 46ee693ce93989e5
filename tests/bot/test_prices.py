"""Prices as buyers see them, from the list to the QR."""

from __future__ import annotations

import pytest

from app.bot.screens import orders as order_screens
from app.catalogue import products
from app.people import users
from app.sales import orders
from models import Order, Product
from tests.support import given
from tests.support.chatter import Chatter, labels


@pytest.fixture
def netflix(shop):
    made = shop.sells("Netflix 1M", number=101, price=50_000, category="Streaming", stock=["K1", "K2", "K3"])
    Product.update(discount_percent=10).where(Product.id == 101).execute()
    return made


def costs(price: int) -> None:
    Product.update(price=price, discount_percent=None).where(Product.id == 101).execute()


def test_a_list_shows_what_is_paid(buyer: Chatter, netflix):
    assert labels(buyer.presses("everything:1"))[0] == "Netflix 1M · Rp45.000"


def test_the_old_price_is_struck_through(buyer: Chatter, netflix):
    text = buyer.presses("product:101:1").screen.text

    assert "<s>Rp50.000</s>" in text
    assert "Rp45.000" in text


def test_the_total_on_the_page_is_what_is_paid(buyer: Chatter, netflix):
    given.proven()

    assert "Total: <b>Rp90.000</b>" in buyer.presses("product:101:2").screen.text


def test_a_reseller_reads_whose_price_it_is(buyer: Chatter, netflix):
    users.make_reseller(1, reseller=True)
    Product.update(reseller_price=40_000).execute()

    text = buyer.presses("product:101:1").screen.text

    assert "Harga reseller: <s>Rp40.000</s> <b>Rp36.000</b>" in text


def test_the_summary_tells_subtotal_discount_and_total(buyer: Chatter, netflix):
    text = buyer.presses("summary:101:2").screen.text

    for part in ("2 × Rp50.000", "Subtotal: Rp100.000", "Diskon: -Rp10.000", "± Rp90.940"):
        assert part in text


def test_the_qr_tells_what_is_paid(buyer: Chatter, netflix):
    order = given.order(1, 101, 2)

    text = order_screens.qr(order.id).text

    for part in ("Rp90.000", "<b>Rp90.485</b>", "biaya Rp485"):
        assert part in text


def test_the_order_s_page_tells_what_came_off(buyer: Chatter, netflix):
    order = given.order(1, 101, 2)

    text = buyer.presses(f"order:{order.id}").screen.text

    assert "2 × Rp50.000" in text
    assert "Diskon: -Rp10.000" in text
    assert "Rp90.000" in text


def test_a_price_that_changed_is_told_before_the_qr(buyer: Chatter, netflix):
    summary = buyer.presses("summary:101:1")
    costs(60_000)

    outcome = buyer.taps(summary, "QRIS")

    assert "sekarang totalnya Rp60.000" in outcome.reply.toast
    assert "Subtotal: Rp60.000" in outcome.screen.text
    assert not Order.select().exists()


def test_pressing_again_agrees_to_the_new_price(buyer: Chatter, netflix):
    summary = buyer.presses("summary:101:1")
    costs(60_000)

    buyer.taps(buyer.taps(summary, "QRIS"), "QRIS")

    assert orders.unpaid(1).total == 60_000


def test_a_discount_that_ended_is_told_before_the_balance_is_asked_for(buyer: Chatter, netflix):
    summary = buyer.presses("summary:101:1")
    costs(50_000)

    outcome = buyer.taps(summary, "SALDO")

    assert "sekarang totalnya Rp50.000" in outcome.reply.toast
    assert "Total: <b>Rp50.000</b>" in outcome.screen.text


def test_an_unchanged_price_is_no_news(buyer: Chatter, netflix):
    assert buyer.taps(buyer.presses("summary:101:1"), "SALDO").reply.toast is None


def test_becoming_a_reseller_changes_the_price_at_the_next_step(buyer: Chatter, netflix):
    Product.update(reseller_price=40_000).execute()
    summary = buyer.presses("summary:101:1")
    users.make_reseller(1, reseller=True)

    outcome = buyer.taps(summary, "QRIS")

    assert "Rp36.000" in outcome.reply.toast
    assert products.get(101).available == 3

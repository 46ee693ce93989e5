"""The product's page."""

from __future__ import annotations

import pytest

from app.catalogue import products
from app.people import users
from app.texts import html
from models import Product
from tests.support import given
from tests.support.chatter import Chatter, labels, visible


def test_a_number_a_button_and_a_link_lead_to_the_page(buyer: Chatter, shop):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["K"])

    pages = [
        buyer.says("101"),
        buyer.says("/start p_101"),
        buyer.taps(buyer.presses("everything:1"), "Netflix"),
    ]

    assert len({page.screen.text for page in pages}) == 1
    assert "Rp25.000" in pages[0].screen.text


def test_the_page_has_its_buttons(buyer: Chatter, shop):
    shop.sells("Netflix 1M", number=101, stock=["K"])

    rows = [[button.label for button in row] for row in buyer.says("101").screen.buttons]

    assert rows == [["-", "+", "+2", "+5", "+10"], ["Lanjut ke pembayaran"], ["Batalkan"]]


def test_the_quantity_grows_and_shrinks_within_the_stock(buyer: Chatter, shop):
    given.proven()
    shop.sells("A", number=101, price=1_000, stock=[f"K{n}" for n in range(7)])

    page = buyer.taps(buyer.taps(buyer.says("101"), "+5"), "-")
    assert "Jumlah: <b>5</b>" in page.screen.text
    assert "Rp5.000" in page.screen.text

    page = buyer.taps(page, "+10")
    assert "Jumlah: <b>7</b>" in page.screen.text
    assert "Stok tinggal 7" in page.screen.text
    assert "Paling banyak" not in page.screen.text


@pytest.mark.parametrize("quantity", [0, 1, 10**18])
def test_a_made_up_quantity_becomes_a_possible_one(buyer: Chatter, shop, quantity: int):
    shop.sells("A", number=101, stock=["K"])

    assert "Jumlah: <b>1</b>" in buyer.presses(f"product:101:{quantity}").screen.text


def test_out_of_stock_cannot_be_bought(buyer: Chatter, shop):
    shop.sells("A", number=101)

    page = buyer.says("101")

    assert "habis" in page.screen.text
    assert "Lanjut ke pembayaran" not in labels(page)


@pytest.mark.parametrize(
    "typed", ["0", "999", "9999999999", "/start p_999", "/start p_", "/start x", "/start p_9x9"]
)
def test_a_number_that_is_none_gets_an_answer(buyer: Chatter, typed: str):
    outcome = buyer.says(typed)

    assert "tidak ada" in outcome.screen.text
    assert "Semua Produk" in labels(outcome)


def test_a_retired_product_says_so_and_shows_the_rest(buyer: Chatter, shop):
    shop.sells("Lama", number=101)
    shop.sells("Baru", number=102)
    products.retire(101)

    outcome = buyer.presses("product:101:1")

    assert "tidak dijual" in outcome.reply.toast
    assert labels(outcome) == ["Baru · habis", "Kembali"]


def test_a_page_under_a_picture_fits_its_caption(buyer: Chatter, shop):
    shop.sells("😀" * 100, number=2**31 - 1, description="<&😀" * 900, stock=[f"K{n}" for n in range(200)])
    Product.update(
        photo="P", price=10**9, discount_amount=10**9 - 1, reseller_price=10**9 - 1, sold_offset=2 * 10**9
    ).execute()
    users.make_reseller(1, reseller=True)

    screen = buyer.presses(f"product:{2**31 - 1}:999").screen

    assert screen.photo == "P"
    assert len(visible(screen.text).encode("utf-16-le")) / 2 <= html.CAPTION
    assert "Paling banyak 100" in screen.text


def test_a_page_of_something_sold_out_keeps_its_picture(buyer: Chatter, shop):
    shop.sells("A", number=101)
    Product.update(photo="P").execute()

    page = buyer.says("101")

    assert (page.screen.photo, labels(page)) == ("P", ["Beri tahu saya", "Batalkan"])


def test_who_waits_already_is_told_so(buyer: Chatter, shop):
    shop.sells("A", number=101)
    page = buyer.says("101")

    toasts = [buyer.taps(page, "Beri tahu saya").reply.toast for _ in range(2)]

    assert "dikabari" in toasts[0]
    assert "sudah terdaftar" in toasts[1]


def test_what_came_back_meanwhile_can_be_bought_at_once(buyer: Chatter, shop):
    product = shop.sells("A", number=101)
    page = buyer.says("101")
    shop.gets(product, "K1")

    again = buyer.taps(page, "Beri tahu saya")

    assert "sudah ada" in again.reply.toast
    assert "Lanjut ke pembayaran" in labels(again)


def test_texts_are_shown_as_typed_and_cut_to_fit(buyer: Chatter, shop):
    shop.sells("<b>_*&", number=101, description="<script>😀&amp;" * 900, stock=["K"])

    text = buyer.says("101").screen.text

    assert "&lt;b&gt;_*&amp;" in text
    assert len(visible(text).encode("utf-16-le")) / 2 <= html.MESSAGE
    assert "Jumlah" in text

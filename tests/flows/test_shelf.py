"""Pictures, files and word of stock, as they arrive in chats."""

from __future__ import annotations

import pytest

from app.catalogue import products
from models import Order, Product
from tests.support import given
from tests.support.pictures import picture


@pytest.fixture
def pays(alice, pakasir, drain):
    """Buy what is on the page, by QRIS."""

    def pays() -> None:
        alice.taps("Lanjut ke pembayaran").taps("QRIS")
        pakasir.pays(alice.last_order)
        drain()

    return pays


def test_a_product_s_picture_is_on_its_page(alice, bob, shop):
    shop.knows(1, "Alice")
    shop.sells("Netflix", number=101, description="d" * 1500, stock=["K1", "K2", "K3", "K4"])
    bob.sends_photo(picture(), "/photo 101")

    page = alice.sends("101").last_message
    alice.taps("+")

    assert (page.kind, alice.last_message.id) == ("photo", page.id)
    assert "Jumlah: 2" in alice.last_message.text
    alice.taps("Lanjut ke pembayaran")
    assert (alice.last_message.kind, page.deleted) == ("text", True)
    assert alice.taps("KEMBALI").last_message.kind == "photo"


def test_a_picture_that_telegram_lost_leaves_the_text(alice, shop):
    shop.knows(1, "Alice")
    shop.sells("Netflix", number=101, stock=["K1"])
    Product.update(photo="GONE").execute()

    assert "Netflix" in alice.sends("101").last_message.text
    assert alice.taps("+").last_message.kind == "text"


def test_a_document_is_sold_once_and_sent_again(alice, bob, shop, pays):
    shop.knows(1, "Alice")
    shop.sells("E-book", number=404)
    bob.sends_document("buku.pdf", b"%PDF-1.4 buku", "/addfile 404")

    alice.sends("404")
    pays()
    assert alice.downloads() == b"%PDF-1.4 buku"
    alice.sends("AKUN").taps("Riwayat Transaksi").taps(alice.last_order).taps("Lihat Produk")

    assert [alice.downloads(each) for each in alice.received if each.kind == "document"] == [
        b"%PDF-1.4 buku",
        b"%PDF-1.4 buku",
    ]
    assert products.get(404).available == 0


def test_a_file_without_end_is_sold_to_everybody(alice, charlie, bob, shop, pays):
    shop.knows(1, "Alice")
    given.person(3, "Charlie", balance=25_000)
    shop.sells("E-book", number=404)
    bob.sends_document("buku.pdf", b"%PDF-1.4 buku", "/addfile 404|tanpa batas")

    alice.sends("404")
    pays()
    charlie.sends("404").taps("Lanjut ke pembayaran").taps("SALDO")

    assert alice.downloads() == charlie.downloads() == b"%PDF-1.4 buku"
    assert {order.state for order in Order.select()} == {Order.DELIVERED}
    assert "tanpa batas" in alice.sends("404").last_message.text


def test_stickers_come_as_stickers(alice, bob, shop, telegram, pays):
    telegram.sticker("STICKER", picture())
    shop.knows(1, "Alice")
    shop.sells("Stiker", number=901)
    bob.sends("/addfile 901").sends_sticker("STICKER")

    alice.sends("901")
    pays()

    assert alice.last_message.kind == "sticker"


def test_who_waits_is_told_once_when_it_is_back(alice, bob, shop):
    shop.knows(1, "Alice")
    shop.sells("Netflix", number=101)
    alice.sends("101").taps("Beri tahu saya")
    assert "dikabari" in alice.toast
    assert "sudah terdaftar" in alice.taps("Beri tahu saya").toast

    bob.sends("/addstock 101|K1\nK2")
    bob.sends("/addstock 101|K3")

    told = [each for each in alice.received if "sudah ada lagi" in each.text]
    assert len(told) == 1
    assert "Stok: 3" in alice.taps_on(told[0], "Lihat").last_message.text


def test_the_admins_hear_that_the_last_one_went(alice, bob, shop):
    shop.knows(1, "Alice")
    shop.sells("Netflix", number=101, stock=["K1"])
    bob.sends("STOK")

    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")

    assert "Stok habis" in bob.sees("Stok habis").text


def test_the_best_buyers_are_masked(alice, shop, pays):
    shop.knows(1, "Alice")
    shop.sells("Netflix", number=101, stock=["K1", "K2", "K3", "K4"])
    alice.sends("101").taps("+")
    pays()

    alice.sends("/start").taps("Terlaris").taps("Top Buyers")

    assert "1. Al***e · 2 item" in alice.last_message.text
    assert "Alice" not in alice.last_message.text

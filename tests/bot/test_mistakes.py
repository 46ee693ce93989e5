"""A mistake of staff's repeats what was typed and offers the next step; nothing is changed by it."""

from __future__ import annotations

import pytest

from app.catalogue import products
from tests.support.chatter import Chatter, labels, visible


@pytest.fixture
def netflix(shop):
    shop.sells("Netflix", number=101, category="Streaming", price=25_000, stock=["K1"])
    shop.sells("Office", number=102, category="Aplikasi")
    shop.knows(4, "Rina", "rina")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/editprice 101|gratis", "“gratis” bukan harga"),
        ("/editprice seratus|5000", "“seratus” bukan nomor produk"),
        ("/del ", "Produk yang mana? Nomornya ada di /stock"),
        ("/info", "Pengguna yang mana?"),
        ("/maintenance", "Nyalakan atau matikan? Sekarang: off"),
        ("/editprice 101|", "Isinya belum ada"),
        ("/del 9", "nomor 9. Lihat daftarnya di /stock"),
        ("/editsold 101|banyak", "“banyak” tidak bisa dipakai"),
        ("/disc 101|150%", "“150%” bukan diskon"),
        ("/discat Film|10%", "Kategori “Film” tidak ada. Yang ada: Aplikasi, Streaming"),
        ("/priceress 101|45000", "Rp45.000 lebih mahal dari harga biasa, Rp25.000"),
        ("/delstock 101|satu", "“satu” bukan id stok"),
        ("/info rina", "“rina” tidak kukenali"),
        ("/transfer @rina|-5", "“-5” tidak bisa dipakai"),
        ("/giveaway 10000|seribu", "“seribu” tidak bisa dipakai"),
        ("/order 12345", "“12345” bukan nomor pesanan"),
        ("/lowstock sedikit", "“sedikit” tidak bisa dipakai"),
        ("/maintenance mati", "“mati” tidak kukenali"),
        ("/whitelist", "Kirim /whitelist di dalam grupnya"),
        ("/whitelist 12", "“12” bukan id grup"),
        ("/editid 101|102", "Nomor 102 sudah dipakai produk lain. Nomor terkecil yang kosong: 1"),
        ("/editprice 101|<b>", "“<b>” bukan harga"),
        ("/editprice 101|" + "x" * 300, "x…” bukan harga"),
    ],
)
def test_a_mistake_repeats_what_was_typed(admin: Chatter, netflix, typed: str, said: str):
    assert said in visible(admin.says(typed).screen.text)
    assert (products.get(101).price, products.get(101).reseller_price) == (25_000, None)


@pytest.mark.parametrize(
    ("before", "typed", "said"),
    [
        ("/disc 101|10%", "/disc 101|0", "Diskon dihapus"),
        ("/discat Streaming|10%", "/discat streaming|0", "Diskon kategori Streaming dihapus"),
        ("/priceress 101|20000", "/priceress 101|0", "Harga reseller dihapus"),
        ("/version", "/photo 101|-", "Foto dihapus"),
    ],
)
def test_nothing_instead_of_something_says_that_it_is_gone(
    admin: Chatter, netflix, before: str, typed: str, said: str
):
    admin.says(before)

    assert said in visible(admin.says(typed).screen.text)


def test_a_reseller_may_pay_as_much_as_everybody(admin: Chatter, netflix):
    assert "Harga reseller diubah" in admin.says("/priceress 101|25000").screen.text


@pytest.mark.parametrize("command", ["/del 999", "/ban 77", "/order TRX20260101NOBODY", "/entah"])
def test_what_staff_are_refused_carries_no_buttons_of_buyers(admin: Chatter, command):
    assert not {"Kategori", "Terlaris", "Semua Produk"} & set(labels(admin.says(command)))


def test_a_command_that_does_not_exist_is_named_to_staff(admin: Chatter, buyer: Chatter):
    told = admin.says("/adstock 101|KEY")

    assert "<code>/adstock</code>" in told.screen.text
    assert "/help" in told.screen.text
    assert "nomor produk" in buyer.says("/adstock 101|KEY").screen.text

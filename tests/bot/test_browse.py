"""Home and the lists."""

from __future__ import annotations

from app.texts import html
from models import Product, User, utcnow
from tests.support.chatter import Chatter, labels, visible


def test_home_offers_products_in_stock_by_number(buyer: Chatter, shop):
    for number in range(130, 100, -1):
        shop.sells(f"P{number}", number=number, stock=[f"K{number}"] if number != 105 else [])

    menu = buyer.says("/start").screen.first.menu

    assert menu[:2] == [["LIST PRODUK", "STOK"], ["AKUN", "KIRIM PESAN"]]
    assert [len(row) for row in menu[2:]] == [8, 8, 8]
    assert menu[2] == ["101", "102", "103", "104", "106", "107", "108", "109"]


def test_home_counts_people_and_sales(buyer: Chatter, stranger: Chatter, shop):
    Product.update(sold=7).where(Product.id == shop.sells("A").id).execute()
    stranger.says("halo")

    text = buyer.says("/start").screen.text

    assert "2 pengguna" in text
    assert "7 produk" in text


def test_categories_have_the_nameless_one_last(buyer: Chatter, shop):
    shop.sells("A")
    shop.sells("B", category="Streaming")
    shop.sells("C", category="Akun <VIP>")

    outcome = buyer.says("LIST PRODUK")

    assert labels(outcome) == ["Akun <VIP>", "Streaming", "Tanpa Kategori", "Kembali"]
    inside = buyer.taps(outcome, "Akun")
    assert "Akun &lt;VIP&gt;" in inside.screen.text
    assert labels(inside) == ["C · habis", "Kembali"]
    assert labels(buyer.taps(outcome, "Tanpa")) == ["A · habis", "Kembali"]


def test_a_list_has_pages_of_eight(buyer: Chatter, shop):
    for number in range(1, 18):
        shop.sells(f"Produk {number:02}", category="Banyak")

    first = buyer.taps(buyer.says("LIST PRODUK"), "Banyak")
    second = buyer.taps(first, "Selanjutnya 1/3")
    third = buyer.taps(second, "Selanjutnya 2/3")

    assert labels(first)[0] == "Produk 01 · habis"
    assert len(first.screen.buttons) == 9
    assert labels(third) == ["Produk 17 · habis", "Kembali", "Selanjutnya 3/3"]
    assert labels(buyer.taps(third, "Kembali")) == labels(second)
    assert labels(buyer.taps(first, "Kembali")) == ["Banyak", "Kembali"]


def test_a_page_that_is_gone_shows_the_last_one(buyer: Chatter, shop):
    shop.sells("A")

    assert labels(buyer.presses("everything:9223372036854775807")) == ["A · habis", "Kembali"]
    assert labels(buyer.presses("everything:0")) == ["A · habis", "Kembali"]


def test_what_is_called_like_no_category_is_in_none(buyer: Chatter, admin: Chatter, shop):
    shop.sells("A", number=1)
    shop.sells("B", number=2, category="Film")
    admin.says("/editcategory 2|🗂 tanpa  kategori")
    admin.says("/add 3|C|Uncategorised|1000|-")

    assert labels(buyer.presses("categories:1")) == ["Tanpa Kategori", "Kembali"]


def test_a_category_leads_back_to_its_page(buyer: Chatter, shop):
    for number in range(25):
        shop.sells(f"P{number}", category=f"K{number:02}")
    second = buyer.presses("categories:2")

    assert labels(buyer.taps(buyer.taps(second, "K24"), "Kembali")) == labels(second)


def test_a_category_that_is_gone_shows_the_others(buyer: Chatter, shop):
    shop.sells("A", category="Ada")

    assert labels(buyer.presses("category:12345:1")) == ["Ada", "Kembali"]


def test_best_sellers_come_by_units_sold(buyer: Chatter, shop):
    for name, sold in (("Sedikit", 1), ("Banyak", 9), ("Belum", 0)):
        Product.update(sold=sold).where(Product.id == shop.sells(name).id).execute()

    assert labels(buyer.presses("best:1")) == ["Banyak · habis", "Sedikit · habis", "Top Buyers", "Kembali"]


def test_the_best_buyers_come_by_items_bought_and_masked(buyer: Chatter, shop):
    names = (("Alice Wong", 3), ("Al", 9), ("<b>&😀", 5), ("Belum", 0), ("•••", 99))
    for number, (name, bought) in enumerate(names, 11):
        shop.knows(number, name)
        User.update(bought=bought).where(User.id == number).execute()

    text = buyer.taps(buyer.presses("best:1"), "Top Buyers").screen.text

    listed = [line.partition(". ")[2] for line in text.splitlines() if ". " in line]
    assert [line.partition(" · ")[0] for line in listed] == ["•***", "A***", "&lt;b***😀", "Al***g"]
    assert "<b>99</b> item" in listed[0]
    assert "Be***" not in text


def test_nobody_bought_yet(buyer: Chatter):
    assert "Belum ada yang terjual" in buyer.presses("buyers").screen.text


def test_all_products_include_those_out_of_stock(buyer: Chatter, shop):
    shop.sells("Ada", stock=["K"])
    shop.sells("Habis")

    outcome = buyer.presses("everything:1")

    assert labels(outcome)[:2] == ["Ada · Rp25.000", "Habis · habis"]


def test_nothing_on_the_buttons_is_said_twice(buyer: Chatter, shop):
    shop.sells("Netflix 1M", category="Streaming", stock=["K"])

    for page in ("everything:1", "best:1"):
        assert "Netflix" not in buyer.presses(page).screen.text


def test_a_long_name_leaves_room_for_the_price(buyer: Chatter, shop):
    shop.sells("Netflix Premium 4K UHD untuk satu keluarga, 1 bulan", price=155_000, stock=["K"])

    assert labels(buyer.presses("everything:1"))[0] == "Netflix Premium 4K UHD un… · Rp155.000"


def test_the_stock_list_names_what_is_sold_out(buyer: Chatter, shop):
    shop.sells("Ada", number=101, stock=["K1", "K2"])
    shop.sells("Kosong", number=102)

    text = buyer.says("STOK").screen.text

    assert "Ada: <b>2</b>" in text
    assert "Kosong: <b>habis</b>" in text


def test_stock_of_thousands_fits_messages(buyer: Chatter, database):
    rows = [{"id": number, "name": "<&😀" * 60, "price": 1} for number in range(1, 2001)]
    Product.insert_many(rows).execute()

    outcome = buyer.says("stok")

    assert len(visible(outcome.screen.text).encode("utf-16-le")) / 2 <= html.MESSAGE
    assert labels(outcome) == ["Kembali", "Selanjutnya 1/50"]


def test_an_empty_shop_says_so(buyer: Chatter):
    for way in ("LIST PRODUK", "STOK", "/stock"):
        assert "Belum ada" in buyer.says(way).screen.text
    assert "Belum ada" in buyer.presses("best:1").screen.text


def test_the_forgotten_are_no_best_buyers(buyer: Chatter, shop):
    for number, name in ((11, "Rudi Hartono"), (12, "Alice Wong")):
        shop.knows(number, name)
        User.update(bought=5).where(User.id == number).execute()
    User.update(forgotten_at=utcnow()).where(User.id == 11).execute()

    text = buyer.presses("buyers").screen.text

    assert "Al***g" in text
    assert "Ru***o" not in text

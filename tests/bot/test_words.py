"""What people type where nothing was asked: names of products, invoices, greetings."""

from __future__ import annotations

import time

import pytest

from app.bot import router
from app.bot.toolkit.reply import show
from app.catalogue import products
from app.money import typed
from app.people import users
from models import Product, db
from tests.support import given
from tests.support.chatter import Chatter, labels, visible
from tests.support.shops import Shop


@pytest.fixture
def shelf(buyer: Chatter, made_once) -> Chatter:
    made_once(stocked)
    return buyer


def stocked() -> None:
    shop = Shop()
    shop.sells("Netflix 1 Bulan", number=101, stock=["K1"])
    shop.sells("Netflix 1 Tahun", number=102)
    shop.sells("Spotify Premium", number=103, stock=["K2"])
    shop.sells("Diskon 50% 100_000 \\o/", number=104)
    shop.sells("🎬 Film", number=105)


@pytest.mark.parametrize(
    "typed",
    ["netflix", "NETFLIX", "net", "flix", " Netflix\u200b ", "ada netflix kak?", "halo, netflix masih ada"],
)
def test_a_part_of_a_name_lists_what_has_it(shelf: Chatter, typed: str):
    assert labels(shelf.says(typed))[:2] == ["Netflix 1 Bulan · Rp25.000", "Netflix 1 Tahun · habis"]


@pytest.mark.parametrize("typed", ["spotify", "premium spotify", "Spotify Premium", "beli spotify dong"])
def test_the_only_one_opens_at_once(shelf: Chatter, typed: str):
    outcome = shelf.says(typed)

    assert "Spotify Premium" in outcome.screen.text
    assert "Lanjut ke pembayaran" in labels(outcome)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("50%", "Diskon"),
        ("100_", "Diskon"),
        ("_", "Diskon"),
        ("%", "Diskon"),
        ("\\", "Diskon"),
        ("🎬", "Film"),
    ],
)
def test_signs_are_letters_like_others(shelf: Chatter, typed: str, name: str):
    assert name in shelf.says(typed).screen.text


@pytest.mark.parametrize(
    "typed", ["%%", "__", "x'; drop table product", "💣", "<b>x</b>", "a" * 300, "?", "''"]
)
def test_what_is_found_nowhere_is_answered_with_a_way_on(shelf: Chatter, typed: str):
    outcome = shelf.says(typed)

    assert "belum mengerti" in outcome.screen.text
    assert labels(outcome)[-3:] == ["Kategori", "Terlaris", "Semua Produk"]
    assert "<b>x</b>" not in outcome.screen.text


def test_words_that_are_in_no_name_together_are_looked_for_one_by_one(shelf: Chatter):
    assert "Spotify Premium" in shelf.says("spotify keluarga termurah").screen.text


def test_very_many_are_cut_short_and_say_so(buyer: Chatter):
    rows = [{"id": number, "name": f"Netflix {number}", "price": 1_000} for number in range(1, 41)]
    Product.insert_many(rows).execute()

    outcome = buyer.says("netflix")

    assert "30 lagi" in outcome.screen.text
    assert len(labels(outcome)) == 13


def test_retired_products_are_not_found(shelf: Chatter):
    products.retire(103)

    assert "tidak ada produk" in shelf.says("spotify").screen.text


def test_ten_thousand_names_are_searched_in_an_index(buyer: Chatter):
    Product.insert(id=1, name="Produk 00001 xyz", price=1_000).execute()
    db.execute_sql(
        "INSERT INTO product SELECT row.* FROM product AS first, generate_series(2, 10000) AS number,"
        " to_char(number, 'FM00000') AS digits, jsonb_populate_record(first,"
        " jsonb_build_object('id', number, 'name', 'Produk ' || digits || ' xyz')) AS row"
    )
    db.execute_sql("ANALYZE product")
    db.execute_sql("SELECT gin_clean_pending_list('product_name')")  # as autovacuum does

    plan = db.execute_sql(
        "EXPLAIN SELECT id FROM product WHERE retired_at IS NULL AND lower(name) LIKE '%%07777%%'"
    ).fetchall()

    assert "product_name" in str(plan)
    assert "Produk 07777" in buyer.says("07777 xyz").screen.text


@pytest.mark.parametrize(
    "typed",
    ["halo", "Halo!", "P", "selamat pagi", "assalamualaikum", "/menu", "Lewati", "kembali", "halo kak"],
)
def test_a_greeting_opens_the_shop(shelf: Chatter, typed: str):
    assert shelf.says(typed).reply.screen == "home"


@pytest.mark.parametrize(
    ("typed", "screen"),
    [
        ("/stok", "stock"),
        ("stok", "stock"),
        ("produk", "categories"),
        ("/produk", "categories"),
        ("saldo", "account"),
        ("/akun", "account"),
        ("riwayat", "history"),
        ("deposit", "deposit"),
        ("top up", "deposit"),
        ("bantuan", "guide"),
        ("/bantuan", "guide"),
        ("admin", "write"),
        ("Terlaris", "best"),
        ("Semua Produk", "everything"),
    ],
)
def test_a_wish_in_a_word_is_understood(shelf: Chatter, typed: str, screen: str):
    assert shelf.says(typed).reply.screen == screen


@pytest.mark.parametrize("around", ["{}", " {} ", "pesanan {} belum sampai", "{}."])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_an_invoice_of_ones_own_opens_that_order(shelf: Chatter, around: str, case):
    order = given.order(1, 101)

    outcome = shelf.says(around.format(case(order.invoice)))

    assert outcome.reply.screen == "order"
    assert order.invoice in outcome.screen.text


@pytest.mark.parametrize("command", ["/order", "/riwayat", "/help@quickcart_bot"])
def test_an_invoice_after_a_command_opens_that_order(shelf: Chatter, command: str):
    order = given.order(1, 101)

    assert shelf.says(f"{command} {order.invoice.lower()}").reply == show("order", order.id)


@pytest.mark.parametrize(
    ("typed", "screen"),
    [
        ("/order 101", "product"),
        ("/produk spotify", "product"),
        ("/stok netflix", "found"),
        ("/order", "guide"),
        ("/order dong kak", "guide"),
        ("/produk", "categories"),
    ],
)
def test_what_stands_after_a_command_is_understood_too(shelf: Chatter, typed: str, screen: str):
    assert shelf.says(typed).reply.screen == screen


def test_somebody_elses_invoice_after_a_command_is_unknown(shelf: Chatter):
    given.person(3, "Charlie")
    theirs = given.order(3, 101).invoice

    assert f"Pesanan {theirs} tidak ditemukan" in shelf.says(f"/order {theirs}").screen.text


def test_somebody_elses_invoice_is_as_unknown_as_none(shelf: Chatter):
    given.person(3, "Charlie")
    theirs = given.order(3, 101).invoice

    foreign, none = shelf.says(theirs), shelf.says("TRX20260101ABCDEF")

    assert (
        foreign.screen.text
        == f"Pesanan {theirs} tidak ditemukan. Periksa nomornya, ya; pesananmu ada di /riwayat."
    )
    assert none.screen.text == foreign.screen.text.replace(theirs, "TRX20260101ABCDEF")
    assert "Semua Produk" in labels(foreign)


def test_an_admin_gets_the_order_as_admins_see_it(shelf: Chatter, admin: Chatter):
    admin.says("/start")
    order = given.order(1, 101)

    assert admin.says(order.invoice).reply == show("admin_order", order.id)


def test_a_number_that_is_no_product_answers_the_question(shelf: Chatter):
    shelf.presses("edit:2")

    outcome = shelf.says("12345")

    assert "WhatsApp" in outcome.screen.text
    assert users.get(1).session == {"await": "profile", "number": 2}


def test_a_number_that_is_a_product_opens_it_all_the_same(shelf: Chatter):
    shelf.presses("edit:2")

    assert "Netflix 1 Bulan" in shelf.says("101").screen.text


def test_a_found_list_that_is_long_fits_a_message(buyer: Chatter):
    screen = router.render(users.get(1), show("found", "<&" * 32))

    assert len(visible(screen.text)) < 4096


def test_signs_without_end_keep_no_worker_busy():
    begun_s = time.process_time()

    for _ in range(200):
        typed.label("a" + "!" * 4_094 + "a")

    assert time.process_time() - begun_s < 10  # where each sign looks at all that follow: half a minute

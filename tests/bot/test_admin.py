"""Commands of staff."""

from __future__ import annotations

import pytest

from app.bot.parsing import files
from app.catalogue import products
from app.errors import Unknown, WrongFormat
from models import AuditEvent, Product, User
from tests.support.chatter import Chatter


def test_a_product_is_added(admin: Chatter):
    outcome = admin.says("/add 101|Netflix <1M>|Streaming|25.000|Akun | garansi\n30 hari")

    product = products.get(101)
    assert (product.name, product.category, product.price) == ("Netflix <1M>", "Streaming", 25_000)
    assert product.description == "Akun | garansi\n30 hari"
    assert "Netflix &lt;1M&gt;" in outcome.screen.text


def test_dashes_leave_fields_to_the_shop(admin: Chatter, shop):
    shop.sells("A", number=1)

    admin.says("/add -|B|-|5rb|-")

    product = products.get(2)
    assert (product.category, product.description, product.price) == (None, "", 5_000)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("/add", "Bagiannya kurang"),
        ("/add 101|Netflix", "Bagiannya kurang"),
        ("/add 0|Netflix|-|25000|-", "Id harus angka"),
        ("/add -5|Netflix|-|25000|-", "Id harus angka"),
        ("/add 2147483648|Netflix|-|25000|-", "Id harus angka"),
        ("/add abc|Netflix|-|25000|-", "Id harus angka"),
        ("/add -||-|25000|-", "Nama harus"),
        ("/add -|" + "x" * 101 + "|-|25000|-", "Nama harus"),
        ("/add -|Netflix|" + "x" * 51 + "|25000|-", "Kategori paling"),
        ("/add -|Netflix|-|gratis|-", "Harga harus"),
        ("/add -|Netflix|-|0|-", "Harga harus"),
        ("/add -|Netflix|-|" + "9" * 30 + "|-", "Harga harus"),
        ("/add -|Netflix|-|1|" + "x" * 2001, "Deskripsi paling"),
    ],
)
def test_a_wrong_format_gets_the_right_one(admin: Chatter, typed: str, problem: str):
    outcome = admin.says(typed)

    assert problem in outcome.screen.text
    assert "Contoh: <code>/add 101|" in outcome.screen.text
    assert not Product.select().exists()


def test_a_taken_number_is_refused(admin: Chatter, shop):
    shop.sells("A", number=101)

    assert "sudah dipakai" in admin.says("/add 101|B|-|1000|-").screen.text


def test_several_lines_are_several_items(admin: Chatter, shop):
    shop.sells("A", number=101, stock=["a|b"])

    outcome = admin.says("/addstock 101|a|b\nc|d|e\n\n  c|d|e  \nf")

    assert "Ditambahkan: <b>2</b>" in outcome.screen.text
    assert "Sudah ada: <b>2</b>" in outcome.screen.text
    assert products.get(101).available == 3


@pytest.mark.parametrize(
    "typed", ["/addstock", "/addstock 101", "/addstock x|a", "/addstock 101|", "/addstock 101|\n \n"]
)
def test_stock_without_items_gets_the_right_form(admin: Chatter, shop, typed: str):
    shop.sells("A", number=101)

    assert "/addstock id|isi" in admin.says(typed).screen.text


def test_stock_for_an_unknown_product_is_refused(admin: Chatter):
    assert "tidak ada" in admin.says("/addstock 7|a").screen.text


def test_a_file_fills_the_stock(bob, shop):
    shop.sells("A", number=101, stock=["KEY-1"])

    bob.sends_document("stok.txt", b"\xef\xbb\xbfKEY-1\r\nKEY-2\r\n\r\nKEY|3\n", "/addstock 101")

    assert "Ditambahkan: <b>2</b>" in bob.last_message.text or "Ditambahkan: 2" in bob.last_message.text
    assert products.get(101).available == 3
    assert AuditEvent.select().where(AuditEvent.action == "stock.added", AuditEvent.actor == "2").exists()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("stok.pdf", b"KEY", "harus .txt atau .csv"),
        ("stok.txt", b"\xff\xfe\x00", "bukan teks yang bisa dibaca"),
        ("stok.txt", b"\n\n", "Belum ada item"),
    ],
)
def test_a_bad_file_is_explained(bob, shop, name: str, content: bytes, problem: str):
    shop.sells("A", number=101)

    bob.sends_document(name, content, "/addstock 101")

    assert problem in bob.last_message.text
    assert products.get(101).available == 0


def test_a_file_that_is_too_large_is_not_fetched(admin: Chatter, shop):
    shop.sells("A", number=101)
    document = {"file_id": "F", "file_name": "a.txt", "file_size": files.MOST_BYTES + 1}

    outcome = admin.does(admin.message(document=document, caption="/addstock 101"))

    assert "terlalu besar" in outcome.screen.text


def test_a_csv_row_is_an_item_without_its_quotes():
    assert files.goods("a.CSV", b'"a|b"\r\nc,d\n"e ""x"""\n').items == ["a|b", "c,d", 'e "x"']


def test_an_endless_item_is_refused():
    with pytest.raises(WrongFormat):
        files.goods("a.txt", b"x" * 4001)


def test_a_product_is_retired(admin: Chatter, shop):
    shop.sells("A", number=101)

    assert "tidak dijual lagi" in admin.says("/del 101").screen.text
    with pytest.raises(Unknown):
        products.get(101)
    assert "tidak ada" in admin.says("/del 101").screen.text


@pytest.mark.parametrize(
    "typed", ["/add 1|A|-|1000|-", "/add", "/addstock 1|a", "/del 1", "/DEL 1", "/del@any 1"]
)
def test_anyone_else_gets_no_answer_at_all(buyer: Chatter, shop, typed: str):
    shop.sells("A", number=1)

    outcome = buyer.says(typed)

    assert (outcome.screen, outcome.reply.toast) == (None, None)
    assert products.get(1).available == 0


def test_a_role_taken_away_counts_at_once(buyer: Chatter):
    User.update(is_admin=True).where(User.id == 1).execute()
    assert buyer.says("/add -|A|-|1000|-").screen

    User.update(is_admin=False).where(User.id == 1).execute()
    assert buyer.says("/add -|B|-|1000|-").screen is None


def test_a_picture_with_an_admin_s_caption_is_no_file(admin: Chatter, shop):
    shop.sells("A", number=101)

    outcome = admin.does(admin.message(photo=[{"file_id": "F"}], caption="/addstock 101"))

    assert "/addstock id|isi" in outcome.screen.text

"""`/slot`: one account for several buyers, as staff set it and as buyers read it."""

import pytest

from app.bot.admin.goods import exported
from app.catalogue import products
from app.sales import checkout
from models import StockItem
from tests.support import given
from tests.support.given import ALICE


def test_lines_that_come_after_it_are_split(admin):
    netflix = given.product(stock_lines=0)

    assert "tiap akun untuk 5 pembeli" in admin.says(f"/slot {netflix.id}|5").screen.text

    added = admin.says(f"/addstock {netflix.id}|mail1|sandi1\nmail2|sandi2\nmail1|sandi1")
    assert "Ditambahkan: <b>2</b> akun × 5 slot" in added.screen.text
    assert "Sudah ada: <b>1</b>" in added.screen.text
    assert "Stok sekarang: <b>10</b>" in added.screen.text


def test_a_batch_of_slots_is_taken_back_together(admin):
    netflix = given.shared(0, 3)

    undone = admin.taps(admin.says(f"/addstock {netflix.id}|A\nB"), "Urungkan")

    assert undone.reply.toast == "6 item ditarik lagi."
    assert products.get(netflix.id).available == 0


def test_one_makes_lines_whole_again(admin):
    netflix = given.shared(0, 5)

    assert "dijual utuh" in admin.says(f"/slot {netflix.id}|1").screen.text
    admin.says(f"/addstock {netflix.id}|A")
    assert StockItem.get().slot is None


def test_a_change_while_slots_are_unsold_is_refused_with_the_next_step(admin):
    netflix = given.shared(2, 5)

    refused = admin.says(f"/slot {netflix.id}|3").screen.text

    assert "Masih ada 10 item yang belum terjual" in refused
    assert f"/exportstock {netflix.id}</code>" in refused
    assert f"/delallstock {netflix.id}</code>" in refused
    assert products.get(netflix.id).slots == 5


def test_a_change_while_one_is_ordered_is_refused_too(admin, buyer):
    netflix = given.shared(1, 1)
    checkout.place(ALICE, netflix.id, 1)

    assert "1 item yang sedang dipesan" in admin.says(f"/slot {netflix.id}|3").screen.text


@pytest.mark.parametrize("typed", ["0", "21", "-1", "lima", "", "2.5", "9" * 30])
def test_a_number_of_slots_that_is_none_is_told_with_the_right_form(admin, typed):
    netflix = given.product(stock_lines=0)

    assert "/slot 101|5" in admin.says(f"/slot {netflix.id}|{typed}").screen.text
    assert products.get(netflix.id).slots == 1


def test_a_product_that_is_not_there_is_said_so(admin):
    assert "nomor 999" in admin.says("/slot 999|5").screen.text


def test_a_buyer_reads_that_the_account_is_shared(buyer):
    netflix = given.shared(1, 5)

    page = buyer.says(str(netflix.id)).screen.text

    assert "satu dari 5 profil" in page
    assert "Stok: 5" in page


def test_one_slot_is_taken_away_by_its_number(admin):
    netflix = given.shared(["A"], 3)
    item = StockItem.get(StockItem.slot == 2)

    assert "dihapus" in admin.says(f"/delstock {netflix.id}|{item.id}").screen.text
    assert products.get(netflix.id).available == 2


@pytest.mark.usefixtures("database")
def test_the_export_names_the_slots():
    netflix = given.shared(["mail|sandi"], 2)

    _, content, _ = exported(netflix.id)

    assert [line.partition("|")[2] for line in content.decode().splitlines()] == [
        "mail|sandi|profil 1",
        "mail|sandi|profil 2",
    ]

"""Goods that are files, goods one by one, and a file that is sold to many."""

from __future__ import annotations

import pytest

from app.catalogue import listings, products, stock, stockroom
from app.ops import invariants
from app.sales import settlement
from models import AuditEvent, Outbox, Product, StockItem
from tests.support import given
from tests.support.chatter import Chatter, labels

DOCUMENT = {"file_id": "FILE", "file_unique_id": "U1", "file_name": "buku.pdf", "file_size": 9}
STICKER = {"file_id": "STICKER", "file_unique_id": "U2"}


@pytest.fixture
def ebook(shop) -> Product:
    return shop.sells("E-book", number=404, price=9_000)


def on_shelf() -> list[tuple[str, str]]:
    return [(kind, content) for _, kind, content in stockroom.export(404)]


def test_a_document_is_one_item(admin: Chatter, ebook):
    outcome = admin.does(admin.message(document=DOCUMENT, caption="/addfile 404"))

    assert "Berkas ditambahkan" in outcome.screen.text
    assert on_shelf() == [("document", "FILE")]
    assert invariants.run() == []


def test_the_same_file_under_another_id_is_a_duplicate(admin: Chatter, ebook):
    admin.does(admin.message(document=DOCUMENT, caption="/addfile 404"))

    outcome = admin.does(admin.message(document={**DOCUMENT, "file_id": "OTHER"}, caption="/addfile 404"))

    assert "sudah pernah" in outcome.screen.text
    assert products.get(404).available == 1


def test_a_sticker_is_named_by_answering_it(admin: Chatter, ebook):
    answered = {"message_id": 7, "sticker": STICKER}

    admin.says("/addfile 404", reply_to_message=answered)

    assert on_shelf() == [("sticker", "STICKER")]


def test_the_file_may_come_after_the_command(admin: Chatter, ebook):
    assert "Kirim dokumen atau stiker" in admin.says("/addfile 404|tanpa batas").screen.text

    admin.does(admin.message(sticker=STICKER))

    assert products.get(404).shared_kind == "sticker"


def test_something_else_after_the_command_is_no_file_and_the_question_stays(admin: Chatter, ebook):
    admin.says("/addfile 404")

    again = admin.does(admin.message(photo=[{"file_id": "P"}])).screen.text
    admin.does(admin.message(sticker=STICKER))

    assert "Berkasnya belum ada" in again
    assert "Kirim dokumen atau stiker" in again
    assert products.get(404).available == 1


def test_a_role_taken_away_before_the_file_came_counts(buyer: Chatter, ebook):
    from models import User

    User.update(is_admin=True).where(User.id == 1).execute()
    buyer.says("/addfile 404")
    User.update(is_admin=False).where(User.id == 1).execute()

    buyer.does(buyer.message(document=DOCUMENT))

    assert products.get(404).available == 0


@pytest.mark.parametrize("word", ["tanpa batas", "Tanpa  Batas", "unlimited"])
def test_one_file_is_sold_to_many(admin: Chatter, ebook, word: str):
    outcome = admin.does(admin.message(document=DOCUMENT, caption=f"/addfile 404|{word}"))

    assert "Stok: tanpa batas" in outcome.screen.text
    assert invariants.run() == []


def test_an_unknown_word_after_the_number_is_explained(admin: Chatter, ebook):
    outcome = admin.does(admin.message(document=DOCUMENT, caption="/addfile 404|banyak"))

    assert "tanpa batas" in outcome.screen.text
    assert products.get(404).shared_kind is None


def test_it_is_shown_without_end_everywhere(buyer: Chatter, ebook):
    stockroom.share(404, StockItem.DOCUMENT, "FILE")

    assert "404" in str(buyer.says("/start").screen.first.menu)
    assert "tanpa batas" in buyer.says("STOK").screen.text
    assert "habis" not in labels(buyer.presses("everything:1"))[0]
    page = buyer.says("404")
    assert "Stok: tanpa batas" in page.screen.text
    assert "Lanjut ke pembayaran" in labels(page)


def test_goods_of_its_own_go_first(admin: Chatter, ebook):
    stock.add(404, ["K1"])

    outcome = admin.does(admin.message(document=DOCUMENT, caption="/addfile 404|tanpa batas"))

    assert "Masih ada 1" in outcome.screen.text


def test_it_takes_no_goods_of_its_own(admin: Chatter, ebook):
    stockroom.share(404, StockItem.DOCUMENT, "FILE")

    assert "satu berkas untuk semua" in admin.says("/addstock 404|K1").screen.text


def test_one_item_is_removed_by_its_id(admin: Chatter, ebook):
    stock.add(404, ["K1", "K2"])
    item = StockItem.select().order_by(StockItem.id).first()

    assert f"Item <b>{item.id}</b> dihapus" in admin.says(f"/delstock 404|{item.id}").screen.text

    assert on_shelf() == [("text", "K2")]
    assert products.get(404).available == 1
    assert invariants.run() == []


@pytest.mark.parametrize("typed", ["99", "0", "9" * 19, "9" * 40])
def test_an_item_that_is_not_there_is_said(admin: Chatter, ebook, typed: str):
    assert "tidak ada" in admin.says(f"/delstock 404|{typed}").screen.text


def test_a_reserved_or_foreign_item_is_not_removed(admin: Chatter, ebook):
    order = given.order()
    item = StockItem.get(StockItem.order == order.id)

    assert "sudah dipesan" in admin.says(f"/delstock {order.product_id}|{item.id}").screen.text
    assert "tidak ada" in admin.says(f"/delstock 404|{item.id}").screen.text


def test_all_items_go_after_a_question(admin: Chatter, ebook):
    stock.add(404, ["K1", "K2"])

    question = admin.says("/delallstock 404")
    assert "2 item" in question.screen.text
    assert products.get(404).available == 2
    stock.add(404, ["K3"])

    assert "<b>2</b> item dihapus" in admin.taps(question, "Ya, Hapus").screen.text
    assert on_shelf() == [("text", "K3")]
    assert "<b>0</b> item" in admin.taps(question, "Ya, Hapus").screen.text


def test_the_question_can_be_denied(admin: Chatter, ebook):
    stock.add(404, ["K1"])

    assert "tidak jadi" in admin.taps(admin.says("/delallstock 404"), "Jangan").screen.text
    assert products.get(404).available == 1


def test_nobody_else_can_press_it(admin: Chatter, buyer: Chatter, ebook):
    stock.add(404, ["K1"])
    question = admin.says("/delallstock 404")

    assert "tidak berlaku" in buyer.taps(question, "Ya, Hapus").reply.toast
    assert products.get(404).available == 1


def test_removing_all_ends_a_file_for_everybody(admin: Chatter, ebook):
    stockroom.share(404, StockItem.DOCUMENT, "FILE")

    admin.taps(admin.says("/delallstock 404"), "Ya, Hapus")

    assert products.get(404).shared_kind is None
    assert stock.add(404, ["K1"]) == 1


def test_unsold_goods_come_as_a_file_with_their_ids(bob, shop):
    shop.sells("E-book", number=404, stock=["K1", "a|b", "é😀"])
    stock.add_file(404, "document", "FILE", "U1")
    ids = [item.id for item in StockItem.select().order_by(StockItem.id)]

    bob.sends("/exportstock 404")

    lines = bob.downloads(bob.waits_for(lambda message: message.kind == "document")).decode().splitlines()
    assert lines == [f"{ids[0]}|K1", f"{ids[1]}|a|b", f"{ids[2]}|é😀", f"{ids[3]}|[document] FILE"]
    assert AuditEvent.get(AuditEvent.action == "stock.exported").data == {"count": 4}


def test_goods_never_go_to_a_group(admin: Chatter, ebook):
    stock.add(404, ["K1"])
    bob = Chatter(2, "Bob", chat_id=-100)

    assert "chat pribadimu" in bob.says("/exportstock 404").screen.text

    assert Outbox.get(Outbox.actor == "export_stock").args == [2, 404]


def test_nothing_unsold_is_no_file(admin: Chatter, ebook):
    assert "tidak punya stok" in admin.says("/exportstock 404").screen.text
    assert "tidak punya stok" in admin.says("/delallstock 404").screen.text
    assert not Outbox.select().exists()


def test_a_shared_file_is_bought_again_and_again(buyer: Chatter, ebook):
    stockroom.share(404, StockItem.DOCUMENT, "FILE")

    bought = [given.order(user, 404, 3) for user in (1, 3)]
    settlement.cancel(bought[0].id, 1)

    assert given.shelf(404) == {"reserved": 3}
    assert invariants.run() == []


def test_a_question_about_stock_is_no_question_about_the_next_product_of_the_number(admin: Chatter, shop):
    shop.sells("Netflix", number=101, stock=["N1"])
    question = admin.says("/delallstock 101")
    listings.renumber(101, 201)
    shop.sells("Spotify", number=101, stock=["S1"])

    outcome = admin.presses(question.screen.buttons[0][0].data.replace(":1:", ":9:"))

    assert "produk lain" in outcome.reply.toast
    assert "Spotify" in outcome.screen.text
    assert products.get(101).available == 1

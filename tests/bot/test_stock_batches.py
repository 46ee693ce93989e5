"""Goods handed in together: asked about when many, added in steps that stay, taken back as one."""

from __future__ import annotations

import pytest

from app.catalogue import batches, listings, products, stock
from app.catalogue.batches import Origin
from app.ops import invariants
from models import AuditEvent, Outbox, Product, StockBatch, StockItem
from tests.support import given
from tests.support.bought import buys
from tests.support.chatter import Chatter

ORIGIN = Origin(2, 2, 77)


@pytest.fixture
def netflix(shop) -> Product:
    return shop.sells("Netflix", number=101)


def many(count: int) -> list[str]:
    return [f"mail{n}@x.id|pw{n}" for n in range(count)]


def available() -> int:
    return products.get(101).available


def test_more_than_500_lines_of_a_file_are_asked_about(bob, netflix):
    bob.sends_document("stok.txt", "\n".join([*many(600), "mail1@x.id|pw1"]).encode(), "/addstock 101")

    question = bob.last_message
    assert "601" in question.text
    assert "mail0@x.id" not in question.text
    assert available() == 0
    assert b"mail" not in StockBatch.get().content

    bob.taps("Tambahkan")

    assert available() == 600
    assert bob.last_message.id == question.id
    assert "Ditambahkan: 600" in bob.last_message.text
    assert "Sudah ada: 1" in bob.last_message.text
    assert invariants.run() == []


def test_the_question_says_what_is_there_already_and_what_will_be(alice, bob, netflix):
    stock.add(101, many(10))
    alice.sends("/start")
    buys(alice.id, 101)
    lines = [*many(600), "mail599@x.id|pw599"]

    bob.sends_document("stok.txt", "\n".join(lines).encode(), "/addstock 101")

    question = bob.last_message.text
    assert "Kembar di dalamnya: 1\nSudah pernah ada: 10\nStok sekarang 9, nanti 599" in question
    bob.taps("Tambahkan")
    assert available() == 599


def test_what_will_be_there_is_counted_in_slots(bob, netflix):
    Product.update(slots=3).where(Product.id == 101).execute()
    stock.add(101, ["mail0@x.id|pw0"])

    bob.sends_document("stok.txt", "\n".join(many(501)).encode(), "/addstock 101")

    assert "Sudah pernah ada: 1\nStok sekarang 3, nanti 1.503" in bob.last_message.text


def test_what_is_dropped_is_kept_nowhere(bob, netflix):
    bob.sends_document("stok.txt", "\n".join(many(501)).encode(), "/addstock 101").taps("Batal")

    assert "Tidak jadi" in bob.last_message.text
    assert (available(), StockBatch.get().content) == (0, None)


def test_a_second_press_adds_nothing_more(admin: Chatter, netflix):
    batch = batches.ask(101, many(3), ORIGIN)

    admin.presses(f"stock_batch_add:{batch.id}")
    again = admin.presses(f"stock_batch_add:{batch.id}")

    assert "sudah selesai" in again.reply.toast
    assert given.promised("add_stock_batch") == [[batch.id]]


def test_only_admins_can_answer(buyer: Chatter, netflix):
    batch = batches.ask(101, many(3), ORIGIN)

    buyer.presses(f"stock_batch_add:{batch.id}")

    assert batches.get(batch.id).state == StockBatch.ASKED


@pytest.mark.parametrize("number", [1, 999])
def test_a_button_of_no_batch_is_explained(admin: Chatter, netflix, number: int):
    assert admin.presses(f"stock_batch_undo:{number}").reply.toast


def test_typed_goods_can_be_taken_back_while_unsold(admin: Chatter, netflix):
    added = admin.says("/addstock 101|K1\nK2\nK3")
    given.order(product_id=101)

    taken = admin.taps(added, "Urungkan")

    assert "2 item" in taken.reply.toast
    assert given.shelf(101) == {"reserved": 1}
    assert admin.taps(added, "Urungkan").reply.toast == "Yang ini sudah selesai diproses."
    assert invariants.run() == []


def test_the_number_may_stand_alone_on_the_first_line(admin: Chatter, netflix):
    admin.says("/addstock 101\r\nK1|a\nK2\u2028b\n \u200b \n,,")

    assert available() == 2


def test_a_killed_job_goes_on_where_the_last_step_ended(netflix, database):
    batch = batches.begin(101, many(batches.STEP + 5), ORIGIN)
    lines = batches.lines(batch)

    batches.step(batch, lines)
    with pytest.raises(batches.Overtaken):
        batches.step(batch, lines)
    done = batches.step(batches.get(batch.id), lines)

    assert (done.state, done.added, done.content) == (StockBatch.DONE, batches.STEP + 5, None)
    assert available() == batches.STEP + 5
    assert AuditEvent.select().where(AuditEvent.action == "stock.added").count() == 2


def test_accounts_of_many_slots_are_added_in_as_small_steps(bob, netflix, drain):
    listings.set_slots(101, 20)
    accounts = batches.STEP // 20 + 1

    bob.sends("/addstock 101|" + "\n".join(many(accounts))).taps("Tambahkan")

    counts = [event.data["count"] for event in AuditEvent.select() if event.action == "stock.added"]
    assert sorted(counts) == [20, batches.STEP]
    assert available() == accounts * 20
    assert [f"Ditambahkan: {accounts}" in each.text for each in bob.received] == [True]


def test_an_update_that_comes_twice_opens_one_batch(netflix):
    first = batches.ask(101, many(3), ORIGIN)

    assert batches.ask(101, many(4), ORIGIN).id == first.id


def test_a_product_that_went_meanwhile_is_told(bob, netflix, drain):
    bob.sends_document("stok.txt", "\n".join(many(501)).encode(), "/addstock 101")
    products.retire(101)

    bob.taps("Tambahkan")

    assert "tidak ada" in bob.last_message.text
    assert StockBatch.get().state == StockBatch.DROPPED


def test_a_file_with_one_bad_line_adds_nothing(bob, netflix):
    bob.sends_document("stok.csv", b'g1@x.id,"pw1\ng2@x.id,pw2"\ng3@x.id,pw3', "/addstock 101")

    assert "baris 1 tidak ditutup" in bob.last_message.text
    assert not StockItem.select().exists()


def test_what_nobody_answered_is_forgotten(netflix, database):
    batch = batches.ask(101, many(3), ORIGIN)
    StockBatch.update(created_at="2020-01-01T00:00:00Z").execute()

    assert batches.forget_old() == 2  # dropped, and then too old to be kept

    assert StockBatch.get_or_none(StockBatch.id == batch.id) is None


@pytest.mark.parametrize("mark", ["\t", "\x0b", "\u2028", "\u030a", "\u202a"])
def test_goods_that_telegram_would_alter_come_as_a_file(netflix, database, mark: str):
    from app.sales import goods

    stock.add(101, [f"a{mark}b"])

    assert [part.kind for part in goods.parts(given.order(product_id=101))] == [goods.FILE]


def test_goods_that_nobody_adds_are_a_breach(netflix, database):
    batch = batches.begin(101, many(3), ORIGIN)
    assert invariants.run() == []

    Outbox.delete().execute()

    assert f"batch {batch.id}" in str(invariants.run()[0])

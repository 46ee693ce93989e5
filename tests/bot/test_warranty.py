"""`Klaim Garansi`, from the product's page to the answer; `/garansi`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.bot import notices
from app.catalogue import products, stock, stockroom
from app.ops import invariants
from app.sales import claims, orders, refunds, warranty
from models import Claim, StockItem, utcnow
from tests.support import broken, claimed, given
from tests.support.chatter import Chatter, labels


def page(buyer: Chatter, placed):
    return buyer.presses(f"order:{placed.id}")


def asked(buyer: Chatter, placed):
    return buyer.taps(page(buyer, placed), "Klaim Garansi")


# What a warranty is


def test_the_warranty_is_set_shown_and_taken_away(admin: Chatter, buyer: Chatter, shop):
    shop.sells("Netflix", number=101, stock=["K"])

    card = admin.says("/garansi 101|30")
    assert "Garansi: 30 hari" in card.screen.text
    assert "🛡 Garansi: 30 hari" in buyer.says("101").screen.text
    gone = admin.says("/garansi 101|0")

    assert "Garansi dihapus" in gone.screen.text
    assert products.get(101).warranty_days is None
    assert "Garansi" not in buyer.says("101").screen.text
    assert invariants.run() == []


@pytest.mark.parametrize("typed", ["101|-1", "101|3651", "101|30.5", "101|sebulan"])
def test_days_are_a_whole_number(admin: Chatter, shop, typed: str):
    shop.sells("Netflix", number=101)

    said = admin.says(f"/garansi {typed}").screen.text

    assert "Lamanya harus angka 0 sampai 3650 hari" in said
    assert "/garansi 101|30" in said


def test_one_file_for_everybody_has_no_warranty(admin: Chatter, shop):
    shop.sells("E-book", number=404)
    stockroom.share(404, StockItem.DOCUMENT, "FILE")

    assert "satu berkas untuk semua" in admin.says("/garansi 404|30").screen.text
    assert products.get(404).warranty_days is None


def test_strangers_set_no_warranty(buyer: Chatter, shop):
    shop.sells("Netflix", number=101)

    assert buyer.says("/garansi 101|30").screen is None


def test_the_order_s_page_tells_until_when(buyer: Chatter):
    placed = claimed.order(days=30)

    running = page(buyer, placed)
    with freeze_time(utcnow() + timedelta(days=31)):
        ended = page(buyer, placed)

    assert "Garansi sampai" in running.screen.text
    assert "Klaim Garansi" in labels(running)
    assert "Garansi habis" in ended.screen.text
    assert "Klaim Garansi" not in labels(ended)


# Claiming


def test_a_single_item_is_asked_about_at_once(buyer: Chatter):
    placed = claimed.order()

    question = asked(buyer, placed)
    done = buyer.says("Kata sandinya <ditolak>")

    assert "akun1@contoh.com" in question.screen.text
    assert "sandi-1" not in question.screen.text
    assert "Kata sandinya &lt;ditolak&gt;" in done.screen.text
    assert claims.complaint(Claim.get()) == "Kata sandinya <ditolak>"
    assert "klaim garansi dikirim" in page(buyer, placed).screen.text


def test_of_several_items_one_is_chosen(buyer: Chatter):
    placed = claimed.order(quantity=3)

    choice = asked(buyer, placed)
    buyer.taps(choice, "akun2@contoh.com")
    buyer.says("mati")

    assert Claim.get().item_id == claimed.item(placed, 2)
    assert "2. akun2@contoh.com · klaim sedang diperiksa" in asked(buyer, placed).screen.text


def test_many_items_are_turned_over_page_by_page(buyer: Chatter):
    placed = claimed.order(quantity=20, price=1_000)

    second = buyer.taps(asked(buyer, placed), "Selanjutnya 1/3")

    assert "akun9@contoh.com" in labels(second)
    assert "akun1@contoh.com" not in labels(second)


def test_what_is_one_secret_is_named_by_its_place(buyer: Chatter):
    product = claimed.product(spare=0)
    stock.add(product, ["KODE-RAHASIA-1", "KODE-RAHASIA-2"])
    placed = claimed.delivered(1, product, 3)

    shown = asked(buyer, placed)

    assert "RAHASIA" not in shown.screen.text
    assert labels(shown)[:3] == ["akun1@contoh.com", "item ke-2", "item ke-3"]


@pytest.mark.parametrize("answer", ["x", "?" * 501])
def test_the_question_stays_until_something_can_be_read_from_the_answer(buyer: Chatter, answer: str):
    placed = claimed.order()
    asked(buyer, placed)

    again = buyer.says(answer)
    buyer.says("akunnya terkunci")

    assert "3 sampai 500 huruf" in again.screen.text
    assert "Ceritakan masalahnya" in again.screen.text
    assert Claim.select().count() == 1


def test_a_picture_is_no_answer_and_the_question_stays(buyer: Chatter):
    placed = claimed.order()
    asked(buyer, placed)

    again = buyer.does(buyer.message(photo=[{"file_id": "P", "file_unique_id": "U", "file_size": 1}]))
    buyer.says("akunnya terkunci")

    assert "sebagai teks" in again.screen.text
    assert Claim.select().count() == 1


def test_out_of_the_question_one_is_back_at_the_order(buyer: Chatter):
    placed = claimed.order()
    asked(buyer, placed)

    assert placed.invoice in buyer.says("kembali").screen.text
    buyer.says("mati")
    assert not Claim.select().exists()


# What cannot be claimed, each with what to do instead


def test_after_the_warranty_an_old_button_says_so(buyer: Chatter):
    placed = claimed.order(days=7)
    old = page(buyer, placed)

    with freeze_time(utcnow() + timedelta(days=8)):
        outcome = buyer.taps(old, "Klaim Garansi")

    assert "habis pada" in outcome.reply.toast
    assert "KIRIM PESAN" in outcome.reply.toast
    assert "Klaim Garansi" not in labels(outcome)


def test_an_answer_after_the_warranty_is_refused_too(buyer: Chatter):
    placed = claimed.order(days=7)
    with freeze_time(warranty.ends_at(placed)):
        asked(buyer, placed)
    with freeze_time(warranty.ends_at(placed) + timedelta(seconds=5)):
        assert "Garansi pesanan ini habis pada" in buyer.says("mati").screen.text

    assert not Claim.select().exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda claim: None, "sedang diperiksa"),
        (lambda claim: warranty.replace(claim.id), "Klaim penggantinya"),
        (lambda claim: warranty.refund(claim.id), "dikembalikan ke saldo"),
        (lambda claim: warranty.refuse(claim.id, why="x"), "Jelaskan lewat KIRIM PESAN"),
    ],
    ids=["open", "replaced", "refunded", "refused"],
)
def test_a_second_claim_of_an_item_says_where_the_first_stands(buyer: Chatter, answer, said: str):
    placed = claimed.order()
    claim = claimed.opened(placed)
    answer(claim)

    assert said in buyer.presses(f"claim_item:{placed.id}:{claim.item_id}").reply.toast
    assert Claim.select().count() == 1


def test_a_refunded_order_says_where_the_money_is(buyer: Chatter):
    placed = claimed.order()
    refunds.give(placed.id, 1_000, note="", actor_id=2)

    assert "dikembalikan" in asked(buyer, placed).reply.toast


def test_a_credited_order_says_where_the_money_is(buyer: Chatter):
    assert "masuk ke saldo" in buyer.presses(f"claim:{broken.credited().id}").reply.toast


def test_a_free_order_says_that_it_has_none(buyer: Chatter):
    placed = claimed.delivered(1, claimed.product(), voucher=given.voucher(25_000))

    assert "Garansi" not in page(buyer, placed).screen.text
    assert "Pesanan gratis" in buyer.presses(f"claim:{placed.id}").reply.toast


def test_one_file_for_everybody_says_that_it_has_none(buyer: Chatter):
    product = given.product(stock_lines=0).id
    stockroom.share(product, StockItem.TEXT, "https://unduh.example/buku")
    placed = claimed.delivered(1, product)

    assert "sama untuk semua pembeli" in buyer.presses(f"claim:{placed.id}").reply.toast


def test_somebody_else_s_order_is_not_even_there(stranger: Chatter, buyer: Chatter):
    placed = claimed.order()
    item = claimed.item(placed)

    for press in (f"claim:{placed.id}", f"claim_item:{placed.id}:{item}", f"claim_items:{placed.id}:1"):
        outcome = stranger.presses(press)
        assert "tidak ditemukan" in (outcome.reply.toast or outcome.screen.text)
    assert not Claim.select().exists()


def test_a_refusal_is_told_with_its_reason_and_a_way_to_object(buyer: Chatter):
    claim = claimed.opened()
    warranty.refuse(claim.id, why="Kata sandi <diganti>")

    screen = notices.render("claim_refused", {"claim_id": claim.id})

    assert "Kata sandi &lt;diganti&gt;" in screen.text
    assert [button.label for row in screen.buttons for button in row] == ["Balas", "Lihat Pesanan"]


# From end to end


def test_the_buyer_gets_the_replacement_in_the_chat(alice, bob, shop):
    bob.sends("/start")
    shop.sells("Netflix", number=101, price=25_000, stock=["akun1@contoh.com|satu", "akun2@contoh.com|dua"])
    bob.sends("/garansi 101|30")
    given.person(1, "Alice", balance=25_000)
    alice.sends("101").taps("Lanjut ke pembayaran").taps("SALDO")
    alice.sends("AKUN").taps("Riwayat Transaksi").taps("✅").taps("Klaim Garansi").sends("tidak bisa masuk")

    bob.sees("tidak bisa masuk")
    bob.taps("Ganti")

    arrived = alice.sees("Pengganti garansi")
    assert "akun2@contoh.com|dua" in arrived.text
    assert [button.label for button in arrived.buttons] == ["Lihat Pesanan"]
    alice.sends("AKUN").taps("Riwayat Transaksi").taps("✅").taps("Lihat Produk")
    assert "akun1" not in alice.last_message.text
    assert orders.get(1).claims == 1
    assert Claim.get().handed_at is not None
    assert invariants.run() == []

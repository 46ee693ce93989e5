"""Every notice to staff, and what they look at, leads on: with buttons that do what they say."""

from __future__ import annotations

import pytest

from app.bot import notices
from app.people import users
from app.sales import orders, settlement
from models import Order, Product, StockItem, User
from tests.support import broken, given
from tests.support.chatter import Chatter, labels


def steps(kind: str, **data: object) -> list[str]:
    return [button.label for row in notices.render(kind, data).buttons for button in row]


@pytest.mark.parametrize(
    "kind",
    ["order_new", "order_late", "order_late_credited", "deposit_new", "payment_lapsed", "payment_mismatch"],
)
def test_a_notice_about_an_order_leads_to_it_and_to_its_buyer(buyer: Chatter, kind: str):
    assert {"Lihat Pesanan", "Tulis Pesan"} <= set(steps(kind, order_id=given.order().id))


def test_what_cannot_be_handed_over_can_be_paid_back(buyer: Chatter):
    assert steps("buyer_unreachable", order_id=broken.paid().id) == [
        "Lihat Pesanan", "Kirim Ulang", "Kembalikan ke Saldo",
    ]  # fmt: skip


def test_expired_orders_lead_to_each(buyer: Chatter):
    ids = [settlement.expire(given.order(user).id).id for user in (given.ALICE, given.CHARLIE)]

    assert steps("orders_expired", order_ids=ids[:1]) == ["Lihat Pesanan", "Tulis Pesan"]
    assert steps("orders_expired", order_ids=ids) == [orders.get(each).invoice for each in ids]


@pytest.mark.parametrize("kind", ["stock_low", "stock_out"])
def test_low_stock_is_filled_from_its_notice(admin: Chatter, shop, kind: str):
    shop.sells("Netflix", number=101)
    assert steps(kind, product_id=101, name="Netflix", left=0) == ["Isi Stok"]

    question = admin.presses("fill:101")
    added = admin.says("a@x.id|sandi\n12345")

    assert "Isi stok 101" in question.screen.text.replace("<b>", "").replace("</b>", "")
    assert "Ditambahkan: <b>2</b>" in added.screen.text
    assert Product.get_by_id(101).available == 2


def test_an_empty_answer_to_fill_keeps_the_question(admin: Chatter, shop):
    shop.sells("Netflix", number=101)
    admin.presses("fill:101")

    assert "Belum ada item" in admin.says(" | ").screen.text
    admin.says("K1")

    assert StockItem.select().count() == 1


@pytest.mark.parametrize(
    ("kind", "label"),
    [("goods_locked", "Unduh Stok"), ("file_lost", "Kirim Berkas"), ("photo_lost", "Kirim Foto")],
)
def test_a_product_that_is_in_trouble_is_mended_from_its_notice(admin: Chatter, shop, kind: str, label: str):
    shop.sells("Netflix", number=101, stock=["K"])
    screen = notices.render(kind, {"product_id": 101})

    assert [button.label for row in screen.buttons for button in row] == [label]
    assert admin.presses(screen.buttons[0][0].data).reply.toast != "Tombol ini tidak berlaku."


def test_a_photo_is_sent_from_its_notice(admin: Chatter, shop):
    shop.sells("Netflix", number=101)
    admin.presses("send_photo:101")

    assert "Fotonya belum ada" in admin.says("nanti").screen.text
    admin.does(admin.message(photo=[{"file_id": "F1", "file_unique_id": "U1", "width": 9, "height": 9}]))

    assert Product.get_by_id(101).photo == "F1"


def test_what_became_of_a_message_leads_to_the_person(buyer: Chatter):
    assert steps("message_outcome", message="pm", outcome="blocked", user_id=1) == [
        "Lihat Pengguna", "Tulis Pesan",
    ]  # fmt: skip


def test_the_page_of_a_person_leads_to_everything(admin: Chatter, buyer: Chatter):
    order = given.order()
    page = admin.says("/info @alice")
    assert labels(page) == ["Tulis Pesan", "Pesanannya", "Tambah Saldo", "Blokir"]

    listed = admin.taps(page, "Pesanannya")

    assert order.invoice in labels(listed)[0]
    assert "Alice memesan" in admin.taps(listed, labels(listed)[0]).screen.text
    assert "Pesanan terakhir" in admin.taps(listed, "Kembali").screen.text


def test_a_message_is_typed_after_the_button(admin: Chatter, buyer: Chatter):
    question = admin.taps(admin.says("/info 1"), "Tulis Pesan")
    sent = admin.says("Halo <b>Alice</b>")

    assert "Tulis ke Alice" in question.screen.text
    assert "sedang dikirim" in sent.screen.text
    assert given.promised("send_pm") == [[1, "Halo &lt;b&gt;Alice&lt;/b&gt;", 2, None]]


def test_a_message_that_is_too_long_is_asked_for_again(admin: Chatter, buyer: Chatter):
    admin.presses("write_to:1")

    assert "1 sampai 3500 huruf" in admin.says("x" * 3501).screen.text
    assert "sedang dikirim" in admin.says("pendek").screen.text


def test_a_typed_way_back_leads_back_to_the_person(admin: Chatter, buyer: Chatter):
    admin.presses("write_to:1")

    assert "Peran" in admin.says("Kembali").screen.text
    assert given.promised("send_pm") == []


def test_a_balance_is_added_after_the_button(admin: Chatter, buyer: Chatter):
    admin.taps(admin.says("/info 1"), "Tambah Saldo")
    assert "Rp1 sampai" in admin.says("banyak").screen.text

    admin.taps(admin.says("25rb"), "Ya, Transfer")

    assert given.balance() == 25_000


def test_a_ban_is_asked_about_and_cancels_the_unpaid_order(admin: Chatter, buyer: Chatter):
    order = given.order()
    question = admin.taps(admin.says("/info 1"), "Blokir")
    assert User.get_by_id(1).banned_at is None

    done = admin.taps(question, "Ya, Blokir")

    assert order.invoice in done.screen.text
    assert given.state(order) == Order.CANCELED
    assert labels(admin.taps(done, "Lihat Pengguna"))[-1] == "Buka Blokir"


def test_admins_have_no_button_to_ban_them(admin: Chatter):
    admin.says("/start")

    assert "Blokir" not in labels(admin.says("/info 2"))
    assert "Admin tidak bisa diblokir" in admin.presses("ban:2").reply.toast


@pytest.mark.parametrize(
    "data",
    [
        "person:1",
        "write_to:1",
        "orders_of:1:1",
        "add_balance:1",
        "ban:3",
        "unban:1",
        "fill:101",
        "export:101",
    ],
)
def test_strangers_have_none_of_these_buttons(buyer: Chatter, stranger: Chatter, data: str):
    assert stranger.presses(data).reply.toast == "Tombol ini tidak berlaku."
    assert users.get(1).banned_at is None


@pytest.mark.parametrize("data", ["write_to:77", "add_balance:77", "ban_ask:77", "person:77"])
def test_who_is_not_there_is_named(admin: Chatter, data: str):
    assert "Pengguna 77 tidak ditemukan" in admin.presses(data).reply.toast

"""What is not there is called what it is, with what was asked for; amounts have their own reasons."""

from __future__ import annotations

import pytest

from app.errors import AmountOutOfRange
from app.sales import delivery, refunds
from tests.support import given
from tests.support.bought import buys
from tests.support.chatter import Chatter


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("dead_job:1:1", "Yang gagal diproses itu sudah ditangani"),
        ("broadcast_send:77", "Siaran #77 tidak ditemukan"),
        ("broadcast_stop:77", "Siaran #77 tidak ditemukan"),
        ("stock_batch_add:77", "Kiriman stok itu tidak ditemukan"),
        ("transfer_send:77:1000:1", "Pengguna 77 tidak ditemukan"),
        ("admin_order:77", "Pesanan itu tidak ditemukan"),
    ],
)
def test_what_is_gone_is_called_what_it_is(admin: Chatter, data: str, said: str):
    assert said in admin.presses(data).reply.toast


@pytest.mark.parametrize("command", ["/order", "/refund"])
def test_an_order_that_is_not_there_is_named(admin: Chatter, command: str):
    assert (
        "Pesanan TRX20260101NOBODY tidak ditemukan" in admin.says(f"{command} TRX20260101NOBODY").screen.text
    )


@pytest.mark.parametrize("asked", ["{}", "/refund {}", "/reff {}"])
def test_an_order_that_is_not_theirs_is_as_one_that_is_not_there(buyer: Chatter, shop, asked: str):
    shop.sells("A", number=101, stock=["K1"])
    shop.knows(3, "Charlie")
    others = buys(3, 101).invoice
    nobodys = "TRX20260101ABCDEF"

    told = [buyer.says(asked.format(invoice)).screen.text for invoice in (others, nobodys)]

    assert told[0].replace(others, nobodys) == told[1]
    assert "/riwayat" in told[0]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/del 9", "nomor 9"),
        ("/discat Film|10%", "Film"),
        ("/delstock 101|57", "57"),
        ("/info 77", "77"),
        ("/editid 101|102", "Nomor 102 sudah dipakai"),
    ],
)
def test_a_command_about_nothing_repeats_what_was_asked_for(admin: Chatter, shop, command: str, said: str):
    shop.sells("A", number=101)
    shop.sells("B", number=102)

    assert said in admin.says(command).screen.text


def test_a_deposit_over_the_limit_is_no_word_about_paying(buyer: Chatter):
    toast = buyer.presses("deposit_of:12000000:0").reply.toast

    assert toast == "Deposit harus Rp500 sampai Rp10.000.000, bukan Rp12.000.000. Pilih jumlah lain, ya."


def test_a_summary_beyond_qris_says_how_to_pay(buyer: Chatter, shop):
    shop.sells("Mahal", number=101, price=12_000_000, stock=["K1"])

    summary = buyer.presses("summary:101:1")

    assert "QRIS paling banyak Rp10.000.000" in summary.screen.text
    assert "sedangkan totalnya Rp12.000.000" in buyer.taps(summary, "QRIS").reply.toast


def test_a_refund_out_of_range_is_no_word_about_qris(buyer: Chatter, shop):
    shop.sells("Netflix", number=101, stock=["K1", "K2"])
    order = buys(1, 101)
    delivery.mark_delivered(order.id)

    with pytest.raises(AmountOutOfRange) as refused:
        refunds.give(order.id, order.total + 1, note="", actor_id=2)

    assert refused.value.what == "booking"


def test_a_status_asked_on_the_order_s_page_is_told_there(alice, shop, pakasir):
    shop.knows(1, "Alice", "alice")
    shop.sells("Netflix", number=101, stock=["K1"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")
    alice.sends("AKUN").taps("Riwayat Transaksi").taps(alice.last_order)
    page = alice.last_message

    alice.taps_on(page, "Status Pembayaran")

    assert alice.last_message.id == page.id
    assert "pembayaran belum masuk" in alice.last_message.text
    assert given.orders.unpaid(1).invoice in alice.last_message.text

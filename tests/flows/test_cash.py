"""Vouchers, deposits and refunds walked through the chat, up to the money and the goods."""

import pytest

from app.people import users
from app.sales import orders
from models import Order, Voucher
from tests.support import given

DEADLINE_S = 601


@pytest.fixture
def alice(alice, shop):
    shop.knows(1, "Alice", "alice")
    return alice.sends("/start")


@pytest.fixture
def bob(bob, shop):
    shop.knows(2, "Bob", "bob")
    return bob.sends("/start")


def state(invoice):
    return orders.by_invoice(invoice).state


def labels(message):
    return [button.label for button in message.buttons]


def photos(person):
    return [message for message in person.received if message.kind == "photo"]


def test_a_voucher_makes_the_qr_cheaper_and_is_spent(alice, shop, pakasir, time_passes):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1"])
    code = given.voucher(10_000)

    alice.sends("101").taps("Lanjut ke pembayaran").taps("Gunakan Voucher").sends(code.lower()).taps("QRIS")
    assert pakasir.find(alice.last_order).amount == 15_000
    pakasir.pays(alice.last_order)
    time_passes(1)

    assert "KEY-1" in alice.last_message.text
    assert Voucher.get_by_id(code).state == Voucher.SPENT


def test_an_expired_order_frees_its_voucher_for_the_next_buyer(alice, rina, shop, pakasir, time_passes):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1", "KEY-2"])
    code = given.voucher(10_000)
    alice.sends("101").taps("Lanjut ke pembayaran").taps("Gunakan Voucher").sends(code).taps("QRIS")
    late = alice.last_order
    pakasir.pays_later(late, 10_000)  # nobody can cancel it until then
    time_passes(DEADLINE_S)
    time_passes(121)
    time_passes(1)  # the gateway takes two changes a second, and one is left

    rina.sends("101").taps("Lanjut ke pembayaran").taps("Gunakan Voucher").sends(code).taps("QRIS")
    time_passes(1)
    time_passes(1)
    pakasir.pays(rina.last_order)
    pakasir.pays(late)
    time_passes(1)

    assert "KEY-" in rina.last_message.text
    assert (state(late), given.balance(1)) == (Order.CREDITED, 15_000)


def test_a_voucher_for_everything_brings_the_goods_without_a_gateway(alice, shop, pakasir, time_passes):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1"])

    alice.sends("101").taps("Lanjut ke pembayaran").taps("Gunakan Voucher").sends(given.voucher(50_000))
    alice.taps("QRIS")

    assert "KEY-1" in alice.last_message.text
    assert photos(alice) == []
    assert state(alice.last_order) == Order.DELIVERED


def test_a_voucher_survives_a_gateway_that_is_down(alice, shop, pakasir, time_passes):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1"])
    given.wallet.post(1, 15_000, "test")
    pakasir.fault("create", "down", times=None)
    alice.sends("101").taps("Lanjut ke pembayaran").taps("Gunakan Voucher").sends(given.voucher()).taps(
        "QRIS"
    )
    for _ in range(22):
        time_passes(1)

    alice.taps("SALDO").taps("Ya, Bayar")

    assert "KEY-1" in alice.last_message.text
    assert given.balance(1) == 0


@pytest.mark.parametrize("typed", [False, True])
def test_a_deposit_fills_the_balance_and_leaves_one_message(alice, bob, pakasir, time_passes, typed):
    alice.sends("AKUN").taps("Deposit")
    alice.sends("Rp50.000") if typed else alice.taps("Rp50.000")
    invoice, qr = alice.last_order, alice.last_message
    assert "Rp50.000" in qr.text
    assert labels(qr) == ["Checkout Page", "Status Pembayaran", "Batalkan"]
    assert not [message for message in alice.messages if "sedang disiapkan" in message.text]

    pakasir.pays(invoice)
    time_passes(1)

    assert "Deposit diterima" in alice.last_message.text
    assert labels(alice.last_message) == ["Kategori", "Terlaris", "Semua Produk"]
    assert not [message for message in alice.messages if message.kind == "photo"]
    assert given.balance(1) == 50_000
    assert "Deposit masuk" in bob.last_message.text
    assert "Rp50.000" in alice.sends("AKUN").last_message.text


def test_a_typed_deposit_that_the_gateway_refuses_says_so_in_its_place(alice, pakasir, time_passes):
    pakasir.fault("create", "down", times=None)
    alice.sends("AKUN").taps("Deposit").sends("50k")
    time_passes(1)  # for a reason that was quicker than what it replaces
    assert "masih dibuat" in alice.last_message.text
    for _ in range(21):
        time_passes(1)

    assert "QRIS sedang terganggu" in alice.last_message.text
    assert not [message for message in alice.messages if "masih dibuat" in message.text]


def test_a_deposit_that_expires_can_still_be_paid(alice, pakasir, time_passes):
    alice.sends("AKUN").taps("Deposit").taps("Rp25.000")
    invoice = alice.last_order
    pakasir.pays_later(invoice, 10_000)
    time_passes(DEADLINE_S)
    time_passes(121)
    assert labels(alice.last_message) == ["Kembali"]

    pakasir.pays(invoice)
    time_passes(1)

    assert given.balance(1) == 25_000
    assert "terlambat" in alice.last_message.text


def test_the_missing_money_is_deposited_and_spent(alice, shop, pakasir, time_passes):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("SALDO").taps("Deposit Rp25.000")
    pakasir.pays(alice.last_order)
    time_passes(1)

    alice.taps("Ya, Bayar")

    assert "KEY-1" in alice.last_message.text
    assert given.balance(1) == 0


def test_a_giveaway_reaches_users_who_then_use_it(alice, bob, shop, time_passes, broadcast_ends):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1"])
    bob.sends("/giveaway 25000|1")
    time_passes(2)
    bob.taps("Ya, Buat")
    time_passes(2)
    code = Voucher.get().code
    assert code in bob.received[-2].text
    bob.taps("Kirim")
    broadcast_ends()
    assert code in alice.last_message.text

    alice.sends("101").taps("Lanjut ke pembayaran").taps("Gunakan Voucher").sends(code).taps("QRIS")

    assert "KEY-1" in alice.last_message.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_giveaway_is_announced_to_each_in_their_language(alice, bob, time_passes, broadcast_ends, language):
    users.choose_language(alice.id, "en")
    users.choose_language(bob.id, language)
    bob.sends("/giveaway 25000|1")
    time_passes(2)

    bob.taps({"id": "Ya, Buat", "en": "Yes, Create"}[language])
    time_passes(2)
    preview = bob.last_message.text
    bob.taps({"id": "Kirim", "en": "Send"}[language])
    broadcast_ends()

    assert "first come, first served" in alice.last_message.text
    assert ("siapa cepat" in preview) == (language == "id")


def test_an_admin_sends_goods_again_and_then_gives_money_back(
    alice, bob, shop, pakasir, time_passes, checkout
):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    pakasir.pays(invoice)
    time_passes(1)

    bob.sends(f"/order {invoice}").taps("Kirim Ulang").taps("Hanya Kirim Lagi")
    assert len([message for message in alice.received if "KEY-1" in message.text]) == 2
    bob.taps("Kembalikan ke Saldo").sends("masih rusak").taps("Ya, Kembalikan")

    assert given.balance(1) == 20_000  # × 0.8: sent again is no claim
    assert "Dana dikembalikan" in alice.last_message.text


def test_staff_find_an_open_payment_and_a_lost_one(alice, bob, shop, pakasir, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    pakasir.pays(invoice, webhook="lost")
    time_passes(5)

    bob.sends("/pending").taps(invoice).taps("Cek Pembayaran")
    time_passes(5)

    assert alice.sees("KEY-1")
    bob.taps("Muat Ulang")
    assert any("Produk terkirim ke Alice" in message.text for message in bob.received)

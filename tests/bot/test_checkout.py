"""From the summary to an order, by QRIS or balance."""

from __future__ import annotations

import pytest

from app.bot.screens import orders as order_screens
from app.catalogue import listings, products
from app.infra import transactions
from app.sales import orders, quotes, settlement, vouchers, wallet
from app.texts.screens.checkout import STILL_OPEN
from models import Order, Outbox, Product
from tests.support import given
from tests.support.chatter import Chatter, labels


@pytest.fixture
def netflix(shop):
    return shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1", "KEY-2", "KEY-3"])


def credit(amount: int) -> None:
    with transactions.atomic():
        wallet.post(1, amount, "test:credit")


def test_the_summary_tells_both_ways_in_four_lines(buyer: Chatter, netflix):
    credit(20_000)

    page = buyer.presses("summary:101:2")

    assert page.screen.text.splitlines() == [
        "🧾 Ringkasan: <b>Netflix 1M</b>",
        "🔢 2 × Rp25.000 · Subtotal: Rp50.000",
        "💳 QRIS <b>± Rp50.660</b> (perkiraan biaya ± Rp660)",
        "💰 Saldo <b>Rp50.000</b>, saldomu Rp20.000",
    ]
    assert labels(page) == ["Gunakan Voucher", "QRIS", "SALDO", "KEMBALI", "BATALKAN"]


def test_the_gateway_s_own_fee_is_no_estimate(buyer: Chatter, netflix):
    quotes.note(50_000, 657)

    text = buyer.presses("summary:101:2").screen.text

    assert "QRIS <b>Rp50.657</b> (biaya Rp657)" in text
    assert "±" not in text


def test_a_shop_that_bears_the_fee_shows_none(buyer: Chatter, netflix):
    quotes.note(25_000, 0)

    text = buyer.presses("summary:101:1").screen.text

    assert "QRIS <b>Rp25.000</b>\n" in text
    assert "biaya" not in text


def test_what_a_voucher_is_worth_beyond_the_order_is_told_as_lost(buyer: Chatter, netflix):
    code = given.voucher(40_000)

    text = buyer.presses(f"summary:101:1:{vouchers.number(code)}").screen.text

    assert "Gratis" in text
    assert "Rp15.000 hangus" in text
    assert "biaya" not in text
    assert len(text.splitlines()) == 4


def test_qris_reserves_and_says_preparing(buyer: Chatter, netflix):
    outcome = buyer.taps(buyer.presses("summary:101:1"), "QRIS")

    order = orders.unpaid(1)
    assert order
    assert (order.total, order.message_id) == (25_000, 10)
    assert order.invoice in outcome.screen.text
    assert products.get(101).available == 2


def test_a_double_tap_on_qris_makes_one_order(buyer: Chatter, netflix):
    summary = buyer.presses("summary:101:1")

    buyer.taps(summary, "QRIS")
    again = buyer.taps(summary, "QRIS")

    assert Order.select().count() == 1
    assert again.screen is None
    assert orders.unpaid(1).invoice in again.reply.toast


def test_a_second_checkout_brings_the_qr_back(alice, shop):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["K1"])
    shop.sells("B", number=102, stock=["K2"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")
    first = alice.last_message

    alice.sends("102").taps("Lanjut ke pembayaran").taps("QRIS")

    assert "belum dibayar" in alice.toast
    assert alice.last_message.kind == "photo"
    assert alice.last_message.text == first.text
    assert [each.kind for each in alice.received].count("photo") == 1
    assert [button.label for button in alice.last_message.buttons][-1] == "Batalkan"


def test_enough_balance_pays_from_the_summary(buyer: Chatter, netflix):
    credit(60_000)

    bought = buyer.taps(buyer.presses("summary:101:2"), "SALDO")

    order = Order.get()
    assert (order.state, order.total, order.method) == ("paid", 50_000, "balance")
    assert "Dibayar dari saldo: Rp50.000" in bought.screen.text
    assert given.balance() == 10_000


def test_a_double_tap_on_saldo_buys_once(buyer: Chatter, netflix):
    credit(100_000)
    summary = buyer.presses("summary:101:1")

    buyer.taps(summary, "SALDO")
    again = buyer.taps(summary, "SALDO")

    assert Order.select().count() == 1
    assert "sudah diproses" in again.reply.toast


def test_a_balance_that_went_elsewhere_meanwhile_leads_to_the_deposit(buyer: Chatter, netflix):
    credit(30_000)
    summary = buyer.presses("summary:101:1")
    wallet.post(1, -10_000, "test:spent")

    outcome = buyer.taps(summary, "SALDO")

    assert "kurang Rp5.000" in outcome.reply.toast
    assert labels(outcome)[0] == "Deposit Rp5.000"


def test_money_that_came_meanwhile_is_asked_about(buyer: Chatter, netflix):
    summary = buyer.presses("summary:101:1")
    credit(30_000)

    confirm = buyer.taps(summary, "SALDO")

    assert "Sisa saldo nanti: Rp5.000" in confirm.screen.text
    assert "Pembayaran diterima" in buyer.taps(confirm, "Ya, Bayar").screen.text


def test_a_double_tap_on_pay_buys_once(buyer: Chatter, netflix):
    credit(100_000)
    confirm = buyer.presses("balance:101:1")

    buyer.taps(confirm, "Ya, Bayar")
    again = buyer.taps(confirm, "Ya, Bayar")

    assert Order.select().count() == 1
    assert "sudah diproses" in again.reply.toast


def test_without_the_button_s_memory_a_double_tap_would_buy_twice(buyer: Chatter, netflix):
    credit(100_000)

    for _ in range(2):
        buyer.taps(buyer.presses("balance:101:1"), "Ya, Bayar")

    assert Order.select().count() == 2


def test_too_little_balance_says_how_much_is_missing(buyer: Chatter, netflix):
    credit(10_000)

    confirm = buyer.presses("balance:101:1")

    assert "kurang <b>Rp15.000</b>" in confirm.screen.text
    assert labels(confirm) == ["Deposit Rp15.000", "Jumlah Lain", "KEMBALI", "BATALKAN"]


def test_a_made_up_payment_without_balance_changes_nothing(buyer: Chatter, netflix):
    outcome = buyer.presses("pay:101:1:25000:0")

    assert "kurang Rp25.000" in outcome.reply.toast
    assert outcome.reply.screen == "balance"
    assert not Order.select().exists()


def test_a_price_that_rose_is_shown_before_it_is_paid(buyer: Chatter, netflix):
    credit(100_000)
    confirm = buyer.presses("balance:101:1")
    Product.update(price=30_000).where(Product.id == 101).execute()

    outcome = buyer.taps(confirm, "Ya, Bayar")

    assert "berubah" in outcome.reply.toast
    assert "Rp30.000" in outcome.screen.text
    assert not Order.select().exists()


@pytest.mark.parametrize("data", ["summary:101:3", "balance:101:3", "qris:101:3:75000:{}"])
def test_what_is_left_is_told_at_every_step(buyer: Chatter, stranger: Chatter, netflix, data: str):
    given.proven()
    given.person(3, "Charlie")
    given.proven(3)
    stranger.presses(f"qris:101:2:50000:{orders.latest_id(3)}")

    outcome = buyer.presses(data.format(orders.latest_id(1)))

    assert outcome.reply.toast == "Maaf, stok tinggal 1."
    assert "Jumlah: <b>1</b>" in outcome.screen.text
    assert orders.unpaid(1) is None


@pytest.mark.parametrize(
    "data", ["summary:101:0", "qris:101:0:0:0", "balance:101:101", "qris:101:9999999999:0:0"]
)
def test_made_up_quantities_get_a_toast(buyer: Chatter, netflix, data: str):
    outcome = buyer.presses(data)

    assert outcome.reply.toast == "Jumlahnya harus 1 sampai 100."
    assert not Order.select().exists()


def test_more_than_qris_takes_is_refused(buyer: Chatter, shop):
    shop.sells("Mahal", number=101, price=10_000_001, stock=["K"])

    outcome = buyer.presses("qris:101:1:10000001:0")

    assert "Rp10.000.000" in outcome.reply.toast
    assert products.get(101).available == 1


@pytest.mark.parametrize("data", ["check:{}", "cancel:{}", "order:{}", "goods:{}"])
def test_somebody_else_s_order_is_as_unknown_as_none(buyer: Chatter, stranger: Chatter, netflix, data: str):
    stranger.presses("qris:101:1:25000:0")
    theirs = orders.unpaid(3).id

    foreign, missing = buyer.presses(data.format(theirs)), buyer.presses(data.format(10**12))

    assert foreign.reply.toast == missing.reply.toast == "Pesanan itu tidak ditemukan."
    assert foreign.screen is None
    assert orders.get(theirs).state == Order.PENDING


def test_canceling_puts_the_goods_back_and_removes_the_qr(alice, shop):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["K1"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")

    alice.taps("Batalkan")

    assert "dibatalkan" in alice.last_message.text
    assert [button.label for button in alice.last_message.buttons] == ["Kembali"]
    assert not any(each.kind == "photo" for each in alice.received)
    assert products.get(101).available == 1


def test_status_can_be_hammered(alice, shop):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["K1"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")

    toasts = [alice.taps("Status Pembayaran").toast for _ in range(7)]

    assert toasts[:5] == ["Pembayaran sedang dicek…"] * 5
    assert "Terlalu sering" in toasts[5]
    assert toasts[6] == ""
    assert alice.last_tap.answered


def test_status_before_the_qr_asks_nobody(buyer: Chatter, netflix):
    buyer.presses("qris:101:1:25000:0")

    outcome = buyer.presses(f"check:{orders.unpaid(1).id}")

    assert "sedang disiapkan" in outcome.reply.toast
    assert not Outbox.select().where(Outbox.actor == "check_payment").exists()


def test_a_closed_order_s_buttons_say_so(buyer: Chatter, netflix):
    buyer.presses("qris:101:1:25000:0")
    order = orders.unpaid(1)
    buyer.presses(f"cancel:{order.id}")

    for name in ("cancel", "check"):
        assert "sudah dibatalkan" in buyer.presses(f"{name}:{order.id}").reply.toast


def test_checkouts_are_limited_politely_once(buyer: Chatter, netflix):
    for _ in range(5):
        summary = buyer.presses("summary:101:1")
        buyer.taps(summary, "QRIS")
        settlement.cancel_without_qr(orders.unpaid(1).id, "gateway")

    sixth = buyer.taps(buyer.presses("summary:101:1"), "QRIS")
    seventh = buyer.taps(buyer.presses("summary:101:1"), "QRIS")

    assert "Terlalu sering" in sixth.reply.toast
    assert seventh.reply.toast is None
    assert orders.unpaid(1) is None


def test_an_expired_order_only_leads_back(buyer: Chatter, netflix):
    buyer.presses("qris:101:1:25000:0")
    order = orders.unpaid(1)
    settlement.expire(order.id)

    screen = order_screens.closed(order.id)

    assert order.invoice in screen.text
    assert [[button.label for button in row] for row in screen.buttons] == [["Kembali"]]


def test_a_silent_gateway_leaves_the_balance(buyer: Chatter, netflix):
    given.proven()
    buyer.presses(f"qris:101:2:50000:{orders.latest_id(1)}")
    order = orders.unpaid(1)
    settlement.cancel_without_qr(order.id, "gateway")

    screen = order_screens.closed(order.id)

    assert "tidak ada yang ditagih" in screen.text
    assert screen.buttons[0][0].label == "SALDO"
    assert "2 × Rp25.000" in buyer.presses(screen.buttons[0][0].data).screen.text


@pytest.mark.parametrize("label", ["QRIS", "SALDO"])
def test_an_old_summary_buys_no_other_product_under_its_number(buyer: Chatter, netflix, shop, label: str):
    given.person(balance=100_000)
    summary = buyer.presses("summary:101:1")
    listings.renumber(101, 201)
    shop.sells("Spotify", number=101, price=25_000, stock=["S1", "S2"])

    outcome = buyer.taps(summary, label)

    assert outcome.reply.toast == "Nomor 101 sekarang produk lain: Spotify. Periksa dulu, ya."
    assert "Spotify" in outcome.screen.text
    assert orders.unpaid(1) is None


def test_an_old_confirmation_pays_for_no_other_product(buyer: Chatter, netflix, shop):
    given.person(balance=100_000)
    confirm = buyer.presses("balance:101:1")
    products.retire(101)
    Product.update(id=999).where(Product.id == 101).execute()
    shop.sells("Spotify", number=101, price=25_000, stock=["S1", "S2"])

    assert "produk lain" in buyer.taps(confirm, "Ya, Bayar").reply.toast
    assert given.balance() == 100_000


def test_a_balance_on_another_device_hears_of_the_unpaid_order(buyer: Chatter, netflix):
    given.person(balance=100_000)
    confirm = buyer.presses("balance:101:1")
    order = given.order(1, 101)

    outcome = buyer.taps(confirm, "Ya, Bayar")

    assert outcome.reply.toast == STILL_OPEN.plain(invoice=order.invoice)
    assert given.promised("send_qr")[-1] == [order.id]
    assert given.balance() == 100_000


@pytest.mark.parametrize(("label", "pressed"), [("QRIS", "qris"), ("SALDO", "pay")])
def test_a_summary_older_than_an_order_that_ended_is_drawn_anew(
    buyer: Chatter, netflix, label: str, pressed: str
):
    given.person(balance=100_000)
    old = buyer.presses("summary:101:1")
    old = old if pressed == "qris" else buyer.presses("balance:101:1")
    settlement.expire(given.order(1, 101).id)

    outcome = buyer.taps(old, "QRIS" if pressed == "qris" else "Ya, Bayar")

    assert "kedaluwarsa" in outcome.reply.toast
    assert "Ringkasan" in outcome.screen.text
    assert "preparing" in buyer.taps(outcome, "QRIS").reply.screen

"""`Gunakan Voucher`: typed on the summary, carried by the buttons, honest about what cannot be used."""

from __future__ import annotations

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.bot import router
from app.bot.toolkit.reply import show
from app.people import users
from app.sales import orders, settlement, vouchers
from models import Order, Product, Voucher, utcnow
from tests.support import broken, given
from tests.support.chatter import Chatter, labels
from tests.support.queries import MOST, Queries, reads


@pytest.fixture
def netflix(shop):
    return shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1", "KEY-2", "KEY-3"])


def summary_with(buyer: Chatter, code: str, page: str = "summary:101:1"):
    """The summary after typing the code."""
    buyer.taps(buyer.presses(page), "Gunakan Voucher")
    return buyer.says(code)


def test_a_typed_code_comes_back_on_the_summary(buyer: Chatter, netflix):
    code = given.voucher(10_000)

    page = summary_with(buyer, code.lower())

    for part in (code, "-Rp10.000", "Saldo <b>Rp15.000</b>", "± Rp415", "± Rp15.415"):
        assert part in page.screen.text
    assert labels(page)[:3] == ["Gunakan Voucher", "QRIS", "SALDO"]


def test_qris_asks_for_what_the_voucher_leaves(buyer: Chatter, netflix):
    code = given.voucher(10_000)

    buyer.taps(summary_with(buyer, code), "QRIS")

    order = orders.unpaid(1)
    assert order
    assert (order.total, order.voucher_id) == (15_000, code)
    assert "sudah dipakai" in summary_with(Chatter(1, "Alice"), code).screen.text


def test_the_balance_pays_what_the_voucher_leaves(buyer: Chatter, netflix):
    given.wallet.post(1, 20_000, "test")
    code = given.voucher(10_000)

    bought = buyer.taps(summary_with(buyer, code), "SALDO")

    assert "Dibayar dari saldo: Rp15.000" in bought.screen.text
    assert "Pembayaran diterima" in bought.screen.text
    assert given.balance() == 5_000


def test_the_way_back_from_the_balance_keeps_the_voucher(buyer: Chatter, netflix):
    code = given.voucher(10_000)

    back = buyer.taps(buyer.taps(summary_with(buyer, code), "SALDO"), "KEMBALI")

    assert code in back.screen.text


@pytest.mark.parametrize("button", ["QRIS", "SALDO"])
def test_nothing_to_pay_is_delivered_at_once(buyer: Chatter, netflix, button: str):
    page = summary_with(buyer, given.voucher(25_000))
    assert "menutup seluruh harga" in page.screen.text

    outcome = buyer.taps(page, button)

    order = Order.get()
    assert (order.state, order.total) == (Order.PAID, 0)
    assert f"Gratis dengan voucher <code>{order.voucher_id}</code>" in outcome.screen.text


def test_a_double_tap_redeems_once(buyer: Chatter, netflix):
    page = summary_with(buyer, given.voucher(25_000))

    buyer.taps(page, "QRIS")
    again = buyer.taps(page, "QRIS")

    assert Order.select().count() == 1
    assert "sudah diproses" in again.reply.toast


def test_too_little_for_qris_says_so_and_leaves_the_balance(buyer: Chatter, netflix):
    page = summary_with(buyer, given.voucher(24_600))

    outcome = buyer.taps(page, "QRIS")

    assert "QRIS mulai dari Rp500" in page.screen.text
    assert "Rp500" in outcome.reply.toast
    assert not Order.select().exists()
    assert Voucher.get().state == Voucher.AVAILABLE
    assert "Deposit Rp500" in labels(buyer.taps(page, "SALDO"))


@pytest.mark.parametrize("typed", ["SALAH", "😀", "<b>x</b>", "AAAAA-AAAAA", "-1", "кодваучера", "x" * 4000])
def test_an_unknown_code_is_said_and_asked_for_again(buyer: Chatter, netflix, typed: str):
    buyer.presses("voucher:101:1")

    outcome = buyer.says(typed)
    then = buyer.says(given.voucher())

    assert "tidak dikenal" in outcome.screen.text
    assert labels(outcome) == ["KEMBALI"]
    assert "Voucher <code>" in then.screen.text


def test_a_picture_is_no_code(buyer: Chatter, netflix):
    buyer.presses("voucher:101:1")

    outcome = buyer.does(buyer.message(photo=[{"file_id": "f", "file_unique_id": "u"}]))

    assert "tidak dikenal" in outcome.screen.text


def test_a_spent_and_an_expired_code_say_so(buyer: Chatter, netflix):
    used, old = given.order(3, 101, voucher=given.voucher()), given.voucher()
    settlement.settle(used.id, given.status(used))

    assert "sudah dipakai" in summary_with(buyer, used.voucher_id).screen.text
    with freeze_time(utcnow() + timedelta(days=31)):
        assert "masa berlaku" in summary_with(buyer, old).screen.text


def test_a_second_voucher_within_five_minutes_says_from_when(buyer: Chatter, netflix):
    buyer.taps(summary_with(buyer, given.voucher(25_000)), "QRIS")

    page = summary_with(buyer, given.voucher())

    assert "Voucher berikutnya bisa dipakai mulai" in page.screen.text
    assert "WIB" in page.screen.text


@pytest.mark.parametrize("button", ["QRIS", "SALDO"])
def test_a_voucher_that_somebody_was_faster_with_redraws_the_summary(buyer: Chatter, netflix, button: str):
    code = given.voucher()
    page = summary_with(buyer, code)
    given.order(3, 101, voucher=code)

    outcome = buyer.taps(page, button)

    assert outcome.reply.toast == "Voucher itu sudah dipakai."
    assert "Voucher <code>" not in outcome.screen.text
    assert orders.unpaid(1) is None


def test_a_price_that_rose_is_told_with_the_voucher_still_on(buyer: Chatter, netflix):
    code = given.voucher(10_000)
    page = summary_with(buyer, code)
    Product.update(price=30_000).where(Product.id == 101).execute()

    outcome = buyer.taps(page, "QRIS")

    assert "Rp20.000" in outcome.reply.toast
    assert code in outcome.screen.text
    assert not Order.select().exists()


def test_a_product_number_wins_over_the_question(buyer: Chatter, netflix):
    buyer.presses("voucher:101:1")

    assert "Netflix 1M" in buyer.says("101").screen.text
    assert "belum mengerti" in buyer.says(given.voucher()).screen.text


def test_a_made_up_voucher_button_is_refused(buyer: Chatter, netflix):
    for data in ("summary:101:1:1125899906842623", "qris:101:1:25000:0:5", "spend:101:1:0:77"):
        assert "tidak dikenal" in buyer.presses(data).reply.toast

    assert not Order.select().exists()


def test_an_order_tells_of_its_voucher(buyer: Chatter, netflix):
    code = given.voucher(25_000)
    buyer.taps(summary_with(buyer, code), "QRIS")

    page = buyer.presses(f"order:{Order.get().id}")

    for part in (code, "-Rp25.000", "Total: <b>Rp0</b>", "Voucher"):
        assert part in page.screen.text


@pytest.mark.parametrize("screen", ["summary", "balance"])
def test_a_voucher_asks_little(buyer: Chatter, shop, queries: Queries, screen: str):
    shop.sells("Netflix 1M", number=101, category="Streaming", stock=["KEY-1"])
    person, voucher = users.get(1), vouchers.number(given.voucher())
    queries.statements.clear()

    router.render(person, show(screen, 101, 1, voucher))

    assert len(reads(queries)) <= MOST, reads(queries)


@pytest.mark.parametrize(
    ("screen", "args"),
    [("deposit", ()), ("refund", (1,)), ("pending", (1,)), ("dead", (1,)), ("formula", (0,))],
)
def test_the_screens_of_money_ask_little(
    buyer: Chatter, queries: Queries, screen: str, args: tuple[int, ...]
):
    broken.delivered()
    person = users.get(1)
    queries.statements.clear()

    router.render(person, show(screen, *args))

    assert len(reads(queries)) <= MOST, reads(queries)


def test_a_voucher_stays_while_another_is_asked_for_and_the_quantity_changed(buyer: Chatter, netflix):
    code = given.voucher(5_000)
    buyer.presses("voucher:101:1")
    summary = buyer.says(code)

    for way in (["Gunakan Voucher", "KEMBALI"], ["KEMBALI", "+", "Lanjut"]):
        outcome = summary
        for label in way:
            outcome = buyer.taps(outcome, label)
        assert code in outcome.screen.text


def test_a_voucher_stays_when_there_are_fewer_left_than_were_chosen(
    buyer: Chatter, stranger: Chatter, netflix
):
    code = given.voucher(5_000)
    number, total = vouchers.number(code), 3 * 25_000 - 5_000
    given.proven()
    given.order(3, 101, quantity=2)

    pay = f"qris:101:3:{total}:{orders.latest_id(1)}:{number}:0"
    for data in (f"summary:101:3:{number}", f"balance:101:3:{number}", pay):
        fewer = buyer.presses(data)

        assert "stok tinggal 1" in fewer.reply.toast
        assert code in buyer.taps(fewer, "Lanjut").screen.text


def test_a_wrong_second_voucher_takes_the_first_from_nobody(buyer: Chatter, netflix):
    code = given.voucher(5_000)
    buyer.presses("voucher:101:1")
    buyer.taps(buyer.says(code), "Gunakan Voucher")

    refused = buyer.says("SALAH")

    assert code in buyer.says("kembali").screen.text
    assert code in buyer.taps(refused, "KEMBALI").screen.text

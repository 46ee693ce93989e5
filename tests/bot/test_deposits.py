"""`Deposit`: quick amounts and typed ones, and how orders for balance read."""

from __future__ import annotations

import pytest

from app import money
from app.bot.screens import orders as order_screens
from app.catalogue import listings
from app.sales import checkout, orders, settlement, vouchers
from models import Order, Payment, Voucher, utcnow
from tests.support import given
from tests.support.chatter import Chatter, labels


def test_the_account_leads_to_the_amounts(buyer: Chatter):
    page = buyer.taps(buyer.says("AKUN"), "Deposit")

    assert labels(page)[:4] == ["Rp10.000", "Rp25.000", "Rp50.000", "Rp100.000"]
    assert "Rp500" in page.screen.text
    assert "Rp10.000.000" in page.screen.text


@pytest.mark.parametrize(
    ("price", "balance", "asked"),
    [(25_000, 0, 25_000), (25_000, 10_000, 15_000), (25_000, 24_900, 500), (15_000_000, 0, 10_000_000)],
)
def test_a_deposit_of_what_is_missing_is_one_press_away(
    buyer: Chatter, shop, price: int, balance: int, asked: int
):
    shop.sells("A", number=101, price=price, stock=["K"])
    given.person(balance=balance)

    buyer.taps(buyer.presses("balance:101:1"), f"Deposit {money.rupiah(asked)}")

    order = Order.get()
    assert (order.kind, order.total) == (Order.DEPOSIT, asked)
    assert orders.wish(order) == orders.Wish(101, 1)


def test_a_paid_deposit_leads_back_to_its_purchase(buyer: Chatter, shop):
    shop.sells("A", number=101, price=25_000, stock=["K1", "K2"])
    order = checkout.deposit(1, 50_000, wish=orders.Wish(101, 2))
    settlement.note_opened(order.id, given.answer(order))
    settlement.settle(order.id, given.status(order))

    screen = order_screens.paid(order.id)

    assert "Rp50.000 masuk ke saldomu" in screen.text
    assert "2 × Rp25.000" in screen.text
    assert "Pembayaran diterima" in buyer.presses(screen.buttons[0][0].data).screen.text


def test_a_paid_deposit_leads_to_no_other_product_under_the_number(buyer: Chatter, shop):
    shop.sells("A", number=101, price=25_000, stock=["K1"])
    order = checkout.deposit(1, 50_000, wish=orders.Wish(101, 1))
    settlement.note_opened(order.id, given.answer(order))
    listings.renumber(101, 201)
    shop.sells("B", number=101, price=25_000, stock=["L1"])
    settlement.settle(order.id, given.status(order))

    screen = order_screens.paid(order.id)

    assert "Rp50.000 masuk ke saldomu" in screen.text
    assert "Nomor 101 sekarang produk lain: B" in screen.text


@pytest.mark.parametrize("fate", ["expired", "somebody else's"])
def test_a_voucher_that_is_gone_meanwhile_is_left_out_of_the_purchase(buyer: Chatter, shop, fate: str):
    shop.sells("A", number=101, price=25_000, stock=["K1", "K2"])
    code = given.voucher(5_000)
    order = checkout.deposit(1, 20_000, wish=orders.Wish(101, 1, vouchers.number(code)))
    settlement.note_opened(order.id, given.answer(order))
    if fate == "expired":
        Voucher.update(expires_at=utcnow()).execute()
    else:
        given.order(3, 101, voucher=code)
    settlement.settle(order.id, given.status(order))

    screen = order_screens.paid(order.id)

    assert "Rp20.000 masuk ke saldomu" in screen.text
    assert ("lewat masa berlakunya" if fate == "expired" else "sudah dipakai") in screen.text
    assert screen.buttons[0][0].label == "Deposit Rp5.000"


def test_a_deposit_for_nothing_leads_to_the_shop(buyer: Chatter):
    order = given.deposit(50_000)
    settlement.settle(order.id, given.status(order))

    screen = order_screens.paid(order.id)

    assert "sekarang <b>Rp50.000</b>" in screen.text
    assert [button.label for button in screen.buttons[0]] == ["Kategori", "Terlaris"]


def test_a_quick_amount_becomes_an_order(buyer: Chatter):
    outcome = buyer.taps(buyer.presses("deposit"), "Rp25.000")

    order = orders.unpaid(1)
    assert order
    assert (order.kind, order.total, order.message_id) == (Order.DEPOSIT, 25_000, 10)
    assert order.invoice in outcome.screen.text
    assert labels(outcome) == ["Batalkan"]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("25000", 25_000),
        ("Rp25.000", 25_000),
        ("25k", 25_000),
        ("25 rb", 25_000),
        ("500", 500),
        ("1jt", 10**6),
    ],
)
def test_typed_amounts_are_understood(buyer: Chatter, typed: str, amount: int):
    buyer.presses("deposit")

    buyer.says(typed)

    assert orders.unpaid(1).total == amount


@pytest.mark.parametrize(
    "typed", ["499", "10000001", "-25000", "0", "😀", "<b>5</b>", "banyak", "2,5k", "٢٥٠٠٠", "9" * 4000]
)
def test_what_is_no_amount_is_said_and_asked_for_again(buyer: Chatter, typed: str):
    buyer.presses("deposit")

    outcome = buyer.says(typed)
    assert "⚠️" in outcome.screen.text
    assert not Order.select().exists()

    buyer.says("25k")
    assert orders.unpaid(1).total == 25_000


def test_a_picture_is_no_amount(buyer: Chatter):
    buyer.presses("deposit")

    outcome = buyer.does(buyer.message(photo=[{"file_id": "f", "file_unique_id": "u"}], caption="25000"))

    assert "teks" in outcome.screen.text
    assert orders.unpaid(1) is None


def test_the_keyboard_s_products_win_over_the_question(buyer: Chatter, shop):
    shop.sells("Netflix 1M", number=501, stock=["K"])
    buyer.presses("deposit")

    assert "Netflix 1M" in buyer.says("501").screen.text
    assert orders.unpaid(1) is None


def test_a_double_tap_makes_one_deposit(buyer: Chatter):
    page = buyer.presses("deposit")

    buyer.taps(page, "Rp25.000")
    again = buyer.taps(page, "Rp25.000")

    assert Order.select().count() == 1
    assert orders.unpaid(1).invoice in again.reply.toast


def test_a_typed_deposit_beside_an_open_order_is_answered(buyer: Chatter):
    buyer.taps(buyer.presses("deposit"), "Rp25.000")
    buyer.presses("deposit")

    outcome = buyer.says("50000")

    assert Order.select().count() == 1
    assert orders.unpaid(1).invoice in outcome.screen.text


@pytest.mark.parametrize("data", ["deposit_of:499:0", "deposit_of:9999999999999:0"])
def test_made_up_amounts_are_refused(buyer: Chatter, data: str):
    assert "Rp10.000.000" in buyer.presses(data).reply.toast
    assert not Order.select().exists()


def test_the_qr_says_what_goes_into_the_balance(buyer: Chatter):
    order = given.deposit(50_000)
    Payment.update(qr_string="000201").execute()

    text = order_screens.qr(order.id).text

    for part in ("Deposit Rp50.000", "<b>Rp50.485</b>", "biaya Rp485"):
        assert part in text


def test_a_deposit_s_page_and_history_know_no_product(buyer: Chatter):
    order = given.deposit(50_000)
    settlement.settle(order.id, given.status(order))

    history, page = buyer.presses("history:1"), buyer.presses(f"order:{order.id}")

    assert "Rp50.000" in labels(history)[0]
    assert "Deposit saldo: <b>Rp50.000</b>" in page.screen.text
    assert "dana masuk saldo" in page.screen.text
    assert "belum punya produk" in buyer.presses(f"goods:{order.id}").reply.toast


def test_a_deposit_that_the_gateway_refuses_offers_no_balance(buyer: Chatter):
    buyer.taps(buyer.presses("deposit"), "Rp25.000")
    order = orders.unpaid(1)
    settlement.cancel_without_qr(order.id, "gateway")

    screen = order_screens.closed(order.id)

    assert "tidak ada yang ditagih" in screen.text
    assert [button.label for row in screen.buttons for button in row] == ["Kembali"]

"""How much a buyer has to do: every press and every typed line counts."""

from __future__ import annotations

import pytest

from app.sales import wallet
from tests.support import given

START, LINK, NUMBER = ("starts", ""), ("starts", "p_101"), ("sends", "101")
ON, QRIS, SALDO = ("taps", "Lanjut ke pembayaran"), ("taps", "QRIS"), ("taps", "SALDO")


@pytest.fixture(autouse=True)
def netflix(shop):
    return shop.sells("Netflix 1M", price=25_000, number=101, stock=["KEY-1"])


def does(person, acts):
    for verb, what in acts:
        getattr(person, verb)(what)


@pytest.mark.parametrize(
    ("acts", "most"),
    [
        pytest.param([START, NUMBER, ON, QRIS], 4, id="a new buyer by number"),
        pytest.param([LINK, ON, QRIS], 3, id="a new buyer by product link"),
    ],
)
def test_somebody_new_is_soon_at_the_qr(alice, acts, most):
    does(alice, acts)

    assert alice.last_message.kind == "photo"
    assert len(acts) <= most


@pytest.mark.parametrize("first", [NUMBER, LINK, ("sends", "netflix"), ("sends", "Netflix 1M")])
def test_somebody_who_was_here_before_needs_three(alice, shop, first):
    shop.knows(alice.id, "Alice")

    does(alice, [first, ON, QRIS])

    assert alice.last_message.kind == "photo"


def test_the_balance_brings_the_goods_in_three(alice, shop):
    shop.knows(alice.id, "Alice")
    wallet.post(alice.id, 30_000, "test")

    does(alice, [NUMBER, ON, SALDO])

    assert "KEY-1" in alice.goods


def test_too_little_balance_is_filled_and_spent_in_five(alice, shop, pakasir, drain):
    shop.knows(alice.id, "Alice")
    wallet.post(alice.id, 10_000, "test")

    does(alice, [NUMBER, ON, SALDO, ("taps", "Deposit Rp15.000")])
    pakasir.pays(alice.last_order)
    drain()
    does(alice, [("taps", "Ya, Bayar")])

    assert "KEY-1" in alice.goods
    assert not any(message.kind == "photo" for message in alice.received)


def test_what_was_wanted_and_is_gone_is_told_with_the_deposit(alice, bob, shop, pakasir, drain):
    shop.knows(alice.id, "Alice")
    does(alice, [NUMBER, ON, SALDO, ("taps", "Deposit Rp25.000")])
    shop.knows(5, "Dewi")
    wallet.post(5, 25_000, "test")
    given.buy_with_balance(5, 101, 1)

    pakasir.pays(alice.last_order)
    drain()

    assert "Deposit diterima" in alice.last_message.text
    assert "stoknya baru saja habis" in alice.last_message.text
    assert "Semua Produk" in [button.label for button in alice.last_message.buttons]


def test_after_the_first_goods_the_number_and_the_address_are_asked_once(
    alice, shop, netflix, pakasir, drain, time_passes
):
    shop.gets(netflix, "KEY-2")
    does(alice, [LINK, ON, QRIS])
    pakasir.pays(alice.last_order)
    drain()
    assert "KEY-1" in alice.goods

    time_passes(5)
    does(alice, [("sends", "0812 3456 7890"), ("taps", "Lewati")])
    assert "Terima kasih" in alice.last_message.text

    does(alice, [NUMBER, ON, QRIS])
    pakasir.pays(alice.last_order)
    time_passes(5)
    assert "KEY-2" in alice.goods

"""An order whose money went back says so wherever its buyer reads of it."""

from __future__ import annotations

import pytest

from app.sales import refunds
from models import Order
from tests.support.bought import buys
from tests.support.chatter import Chatter, labels


@pytest.fixture
def refunded(buyer: Chatter, shop) -> Order:
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["K1", "K2"])
    order = buys(1, 101)
    refunds.give(order.id, 20_000, note="rusak", actor_id=2)
    return order


def test_its_page_tells_how_much_and_when(buyer: Chatter, refunded: Order):
    text = buyer.presses(f"order:{refunded.id}").screen.text

    assert "dana dikembalikan: Rp20.000 masuk saldo" in text
    assert "dana dikembalikan ke saldo" in text.splitlines()[-1]


def test_the_history_marks_it(buyer: Chatter, refunded: Order):
    other = buys(1, 101)

    listed = labels(buyer.presses("history:1"))

    assert [label.split()[0] for label in listed[:2]] == ["✅", "↩️"]
    assert [label.split()[-1] for label in listed[:2]] == [other.invoice, refunded.invoice]


@pytest.mark.parametrize("command", ["refund", "reff"])
def test_the_calculator_tells_what_went_back(buyer: Chatter, refunded: Order, command: str):
    outcome = buyer.says(f"/{command} {refunded.invoice}")

    assert "Dana sudah dikembalikan" in outcome.screen.text
    assert "Rp20.000" in outcome.screen.text
    assert labels(outcome) == ["Lihat Pesanan", "Belanja Lagi"]

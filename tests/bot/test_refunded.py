"""An order whose money went back says so wherever its buyer reads of it."""

from __future__ import annotations

import pytest

import settings
from app.bot import notices
from app.sales import refunds, settlement
from models import Order
from tests.support import given
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


def accepted(*, late: bool) -> Order:
    """Of a price of Rp25.000 an operator took Rp24.000 for paid."""
    order = given.order(1)
    if late:
        settlement.cancel(order.id, 1)
    settlement.settle(order.id, given.status(order, amount=24_000))
    with settings.override(late_payment="credit"):
        return settlement.accept(order.id, 24_000, why="terlihat di dasbor")


@pytest.mark.parametrize(("late", "kind"), [(False, "credited"), (True, "late_credited")])
def test_whoever_reads_of_money_that_came_back_reads_how_much(
    buyer: Chatter, admin: Chatter, late: bool, kind: str
):
    order = accepted(late=late)
    if not late:
        admin.presses(f"give_back:{order.id}")
        assert "Rp24.000" in admin.says("salah nominal").screen.text
        settlement.credit(order.id)

    told = notices.render(kind, {"order_id": order.id}).text
    story = admin.says(f"/order {order.invoice}").screen.text

    assert "Rp24.000" in told
    assert "Rp24.000" in story.splitlines()[-1]
    assert given.balance(1) == 24_000


def test_who_paid_too_late_reads_which_goods_and_how_to_have_them_after_all(buyer: Chatter, shop):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["K1"])
    order = given.order(1, product_id=101)
    settlement.cancel(order.id, 1)
    given.person(3, "Charlie", balance=25_000)
    buys(3, 101)
    settlement.settle(order.id, given.status(order))

    told = notices.render("late_credited", {"order_id": order.id}).text

    assert "1 × Netflix 1M" in told
    assert "Ketik <code>101</code>" in told
    assert "Netflix 1M" in buyer.says("101").screen.text


def test_a_deposit_that_came_late_is_called_one(buyer: Chatter):
    order = given.deposit(user_id=1)
    settlement.cancel(order.id, 1)
    settlement.settle(order.id, given.status(order))

    told = notices.render("late_credited", {"order_id": order.id}).text

    assert "Depositmu terlambat" in told
    assert "Rp50.000" in told

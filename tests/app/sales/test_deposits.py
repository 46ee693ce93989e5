"""Deposits: orders for balance alone, under the same rules."""

import pytest

from app.errors import AmountOutOfRange, OpenOrder
from app.sales import checkout, orders, settlement
from models import LedgerEntry, Order
from tests.support import given
from tests.support.given import ALICE, BOB


def test_a_deposit_waits_for_its_qr_and_its_deadline():
    given.person()

    order = checkout.deposit(ALICE, 50_000, message_id=7)

    assert (order.kind, order.total, order.product_id, order.message_id) == (Order.DEPOSIT, 50_000, None, 7)
    assert given.promised("open_payment") == given.promised("expire_order") == [[order.id]]


@pytest.mark.parametrize("amount", [499, 10_000_001])
def test_qris_takes_neither_less_nor_more(amount):
    given.person()

    with pytest.raises(AmountOutOfRange):
        checkout.deposit(ALICE, amount)

    assert not Order.select().exists()


def test_an_unpaid_deposit_is_the_one_open_order():
    order = given.deposit()

    with pytest.raises(OpenOrder):
        checkout.place(ALICE, given.product().id, 1)
    settlement.cancel(order.id, ALICE)

    assert checkout.place(ALICE, given.product().id, 1)


def test_the_base_amount_is_credited_and_not_the_fee():
    order = given.deposit(50_000)

    settlement.settle(order.id, given.status(order))

    assert (given.balance(), orders.get(order.id).reason) == (50_000, Order.DEPOSIT)
    assert [BOB, "deposit_new", {"order_id": order.id}] in given.promised("send_notice")
    assert [entry.reason for entry in LedgerEntry.select()] == [f"order:{order.invoice}:credit"]


def test_an_expired_deposit_is_credited_when_it_is_paid_all_the_same():
    order = given.deposit(50_000)
    settlement.expire(order.id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED
    assert given.balance() == 50_000
    assert given.told("late_credited") == [ALICE]

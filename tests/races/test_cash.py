"""Vouchers at the checkout, deposits, refunds and claims count once, whoever is faster."""

import pytest

from app.sales import checkout, delivery, refunds, settlement
from models import LedgerEntry, Order
from tests.support import broken, given, racing
from tests.support.given import ALICE, BOB, CHARLIE


def two_buyers():
    given.person(ALICE, balance=25_000)
    given.person(CHARLIE, "Charlie", balance=25_000)
    return given.product(price=25_000, stock_lines=5).id, given.voucher(10_000)


@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize("buy", [checkout.place, given.buy_with_balance])
def test_two_buyers_of_one_code_get_one_voucher(buy, round_):
    netflix, code = two_buyers()

    results = racing.together(
        lambda: buy(ALICE, netflix, 1, voucher=code), lambda: buy(CHARLIE, netflix, 1, voucher=code)
    )

    assert racing.kinds(results) == ["VoucherUsed", "ok"]
    assert given.shelf(netflix) == {"reserved": 1, "available": 4}
    assert broken.breaches() == []


def test_without_comparing_the_state_and_the_index_both_have_it():
    netflix, code = two_buyers()

    with racing.without_index("order_voucher"):
        racing.overtaken(
            lambda: checkout.place(ALICE, netflix, 1, voucher=code),
            lambda: checkout.place(CHARLIE, netflix, 1, voucher=code),
            racing.compare("voucher", "state"),
        )
        assert Order.select().where(Order.voucher == code).count() == 2


def test_one_buyer_with_two_devices_redeems_one_of_two_codes():
    given.person(balance=100_000)
    netflix = given.product(price=25_000, stock_lines=5).id
    codes = [given.voucher(), given.voucher()]

    results = racing.together(
        *[lambda code=code: given.buy_with_balance(ALICE, netflix, 1, voucher=code) for code in codes]
    )

    assert racing.kinds(results) == ["VoucherPaused", "ok"]
    assert broken.breaches() == []


def test_a_deposit_that_everybody_notices_is_credited_once():
    order = given.deposit(50_000)

    results = racing.together(*[lambda: settlement.settle(order.id, given.status(order))] * 6)

    assert sorted(results) == sorted([settlement.CREDITED] + [settlement.KNOWN] * 5)
    assert given.balance() == 50_000
    assert LedgerEntry.select().count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_a_deposit_that_is_paid_at_its_deadline_is_credited_once(round_):
    order = given.deposit(50_000)

    racing.together(
        lambda: settlement.settle(order.id, given.status(order)), lambda: settlement.expire(order.id)
    )

    assert given.balance() == 50_000
    assert given.state(order) == Order.CREDITED


def test_two_admins_refund_an_order_once():
    order = broken.delivered()

    results = racing.together(*[lambda: refunds.give(order.id, 9_000, note="", actor_id=BOB)] * 4)

    assert racing.kinds(results) == ["RefundedBefore"] * 3 + ["ok"]
    assert given.balance() == 9_000


def test_two_admins_send_the_goods_again_once():
    order = broken.delivered()

    seen_ms = delivery.last_change_ms(order.id)

    racing.together(*[lambda: delivery.send_again(order.id, state=order.state, seen_ms=seen_ms)] * 4)

    assert given.promised("deliver_order") == [[order.id]]

"""A voucher is worth something once, whoever comes first; afterwards the books agree."""

import pytest

from app.ops import invariants
from app.sales import checkout, settlement, vouchers
from models import Order, Voucher
from tests.support import broken, given, racing
from tests.support.given import ALICE, BOB, CHARLIE


@pytest.fixture(autouse=True)
def _books_agree(database):
    yield
    assert [str(breach) for breach in invariants.run()] == []


@pytest.fixture
def code():
    for who, name in ((ALICE, "Alice"), (CHARLIE, "Charlie")):
        given.person(who, name)
    (voucher,) = vouchers.create(10_000, 1, BOB)
    return voucher.code


def bought(who, product, code):
    order = checkout.place(who, product.id, 1, voucher=code)
    if order.total:
        settlement.note_opened(order.id, given.answer(order))
    return order


def state():
    return Voucher.get().state


def test_one_of_two_buyers_gets_the_voucher(code):
    product = given.product(price=50_000, stock_lines=2)

    results = racing.together(*[lambda who=who: bought(who, product, code) for who in (ALICE, CHARLIE)])

    assert racing.kinds(results) == ["VoucherUsed", "ok"]
    assert given.shelf(product.id) == {"reserved": 1, "available": 1}


def test_without_comparing_its_state_two_buyers_get_the_voucher(code):
    got = racing.overtaken(
        lambda: vouchers.reserve(code, ALICE),
        lambda: vouchers.reserve(code, CHARLIE),
        racing.compare("voucher", "state"),
    )

    assert [voucher.code for voucher in got] == [code, code]
    Voucher.update(state=Voucher.AVAILABLE).execute()  # the books agree again


def test_a_late_payment_does_not_take_the_voucher_from_its_next_user(code):
    product = given.product(price=50_000, stock_lines=2)
    late = bought(ALICE, product, code)
    settlement.expire(late.id)
    new = bought(CHARLIE, product, code)

    results = racing.together(
        lambda: settlement.settle(late.id, given.status(late)),
        lambda: settlement.settle(new.id, given.status(new)),
    )

    assert results == [settlement.LATE_CREDITED, settlement.PAID]
    assert given.balance(ALICE) == 40_000
    assert state() == Voucher.SPENT


def test_a_late_payment_and_a_new_buyer_want_the_voucher_at_once(code):
    product = given.product(price=50_000, stock_lines=2)
    late = bought(ALICE, product, code)
    settlement.expire(late.id)

    settled, new = racing.together(
        lambda: settlement.settle(late.id, given.status(late)), lambda: bought(CHARLIE, product, code)
    )

    if isinstance(new, Exception):
        assert settled == settlement.LATE_PAID
    else:
        assert settled == settlement.LATE_CREDITED
    assert state() == (Voucher.SPENT if settled == settlement.LATE_PAID else Voucher.RESERVED)


@pytest.mark.parametrize("round_", range(3))
def test_paid_at_the_deadline_the_voucher_is_spent_or_with_the_order(code, round_):
    order = bought(ALICE, given.product(price=50_000), code)

    racing.together(
        lambda: settlement.settle(order.id, given.status(order)), lambda: settlement.expire(order.id)
    )

    assert (given.state(order), state()) == (Order.PAID, Voucher.SPENT)


def test_an_order_that_a_voucher_pays_in_full_needs_no_money(code):
    order = bought(ALICE, given.product(price=5_000), code)

    broken.hand_over(order)

    assert (given.state(order), order.total, given.balance()) == (Order.DELIVERED, 0, 0)


def test_crediting_it_gives_the_voucher_back_and_no_money(code):
    order = bought(ALICE, given.product(price=5_000), code)

    settlement.credit(order.id)

    assert (given.state(order), state(), given.balance()) == (Order.CREDITED, Voucher.AVAILABLE, 0)

"""Vouchers: reserved with an unpaid order, freed or spent with its end, and never used twice."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

import settings
from app.errors import PriceChanged, VoucherExpired, VoucherPaused, VoucherUnknown, VoucherUsed
from app.sales import checkout, orders, settlement, vouchers
from models import Order, Payment, Voucher, utcnow
from tests.support import given
from tests.support.given import ALICE, BOB, CHARLIE


def state(code):
    return Voucher.get_by_id(code).state


def later(**time):
    return freeze_time(utcnow() + timedelta(**time))


def test_codes_are_readable_and_not_alike():
    made = vouchers.create(10_000, 100, BOB)

    codes = {each.code for each in made}
    assert len(codes) == 100
    assert not set("".join(codes)) & set("01IO")
    [event] = given.audited("vouchers.created")
    assert (event["amount"], event["count"], len(set(event["marks"]))) == (10_000, 100, 100)
    assert not [code for code in codes if code in str(event)]


def test_a_code_survives_the_way_through_a_button():
    for voucher in vouchers.create(10_000, 20, BOB):
        assert vouchers.code(vouchers.number(voucher.code)) == voucher.code


def test_numbers_that_no_code_has_are_unknown():
    with pytest.raises(VoucherUnknown):
        vouchers.code(32**10)


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_how_a_code_is_typed_does_not_matter(write):
    code = given.voucher()

    assert vouchers.find(write(code), ALICE).code == code


@pytest.mark.parametrize(
    "typed", ["", "ABC", "😀" * 10, "<b>ABCDE</b>", "A" * 5000, "АВСЕНКМОРТ", "AAAAA-AAAAA"]
)
def test_what_is_no_code_is_unknown(typed):
    with pytest.raises(VoucherUnknown):
        vouchers.find(typed, ALICE)


def test_a_voucher_is_reserved_with_the_order():
    code = given.voucher(10_000)

    order = given.order(voucher=code)

    assert (order.total, order.discount, order.voucher_id) == (15_000, 10_000, code)
    assert given.payment(order).amount == 15_000
    assert (state(code), Voucher.get_by_id(code).user_id) == (Voucher.RESERVED, ALICE)


def test_it_is_spent_when_the_order_is_paid():
    order = given.order(voucher=given.voucher())

    settlement.settle(order.id, given.status(order))

    assert state(order.voucher_id) == Voucher.SPENT


@pytest.mark.parametrize("end", [settlement.expire, lambda id: settlement.cancel(id, ALICE)])
def test_it_is_freed_when_the_order_is_not_paid(end):
    order = given.order(voucher=given.voucher())

    end(order.id)

    assert state(order.voucher_id) == Voucher.AVAILABLE


def test_a_silent_gateway_costs_no_pause():
    order = given.unopened(voucher=given.voucher())

    settlement.cancel_without_qr(order.id, "gateway")

    assert state(order.voucher_id) == Voucher.AVAILABLE
    assert vouchers.usable(given.voucher(), ALICE)


def test_an_operator_s_credit_gives_it_back():
    order = given.order(voucher=given.voucher(10_000))
    settlement.settle(order.id, given.status(order))

    settlement.credit(order.id)

    assert (state(order.voucher_id), given.balance()) == (Voucher.AVAILABLE, 15_000)


def test_nobody_else_can_use_it_meanwhile():
    code = given.order(voucher=given.voucher()).voucher_id

    with pytest.raises(VoucherUsed):
        given.order(CHARLIE, voucher=code)

    assert orders.unpaid(CHARLIE) is None


def test_a_spent_one_is_used():
    order = given.order(voucher=given.voucher())
    settlement.settle(order.id, given.status(order))

    with pytest.raises(VoucherUsed):
        vouchers.find(order.voucher_id, CHARLIE)


def test_it_lasts_thirty_days():
    code = given.voucher()

    with later(days=29, hours=23):
        assert vouchers.usable(code, ALICE)
    with later(days=30, seconds=1), pytest.raises(VoucherExpired):
        vouchers.usable(code, ALICE)


def test_the_next_one_waits_five_minutes():
    order = given.order(voucher=given.voucher())
    settlement.settle(order.id, given.status(order))
    another = given.voucher()

    with later(minutes=4), pytest.raises(VoucherPaused) as refusal:
        vouchers.find(another, ALICE)
    with later(minutes=5, seconds=1):
        assert vouchers.find(another, ALICE)

    assert 299 < (refusal.value.until - order.created_at).total_seconds() < 360
    assert vouchers.find(another, CHARLIE)


def test_the_same_one_after_a_cancellation_waits_for_nothing():
    order = given.order(voucher=given.voucher())
    settlement.cancel(order.id, ALICE)

    assert vouchers.find(order.voucher_id, ALICE)
    with pytest.raises(VoucherPaused):
        vouchers.find(given.voucher(), ALICE)


def test_the_price_that_was_agreed_to_includes_it():
    given.person()
    code, netflix = given.voucher(10_000), given.product(price=25_000)

    with pytest.raises(PriceChanged) as refusal:
        checkout.place(ALICE, netflix.id, 1, agreed=25_000, voucher=code)

    assert refusal.value.total == 15_000
    assert state(code) == Voucher.AVAILABLE


@pytest.mark.parametrize("worth", [25_000, 1_000_000])
@pytest.mark.parametrize("buy", [checkout.place, given.buy_with_balance])
def test_what_it_pays_in_full_goes_out_at_once(buy, worth):
    given.person()
    code = given.voucher(worth)

    order = buy(ALICE, given.product(price=25_000).id, 1, voucher=code)

    assert (order.state, order.total, order.discount) == (Order.PAID, 0, 25_000)
    assert state(code) == Voucher.SPENT
    assert given.promised("deliver_order") == [[order.id]]
    assert not Payment.select().exists()
    assert given.balance() == 0


def test_the_balance_pays_the_rest():
    given.person(balance=20_000)

    order = given.buy_with_balance(ALICE, given.product(price=25_000).id, 1, voucher=given.voucher(10_000))

    assert (order.total, given.balance()) == (15_000, 5_000)
    assert state(order.voucher_id) == Voucher.SPENT


def test_a_late_payment_takes_a_voucher_that_nobody_used():
    order = given.order(voucher=given.voucher())
    settlement.expire(order.id)

    with later(days=31):
        assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID

    assert state(order.voucher_id) == Voucher.SPENT


def test_a_late_payment_without_its_voucher_is_credited():
    code = given.voucher(10_000)
    order = given.order(voucher=code)
    settlement.expire(order.id)
    winner = given.order(CHARLIE, voucher=code)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED

    assert given.balance(ALICE) == 15_000
    assert given.shelf(order.product_id) == {"available": 1}
    assert (Voucher.get_by_id(code).user_id, state(code)) == (CHARLIE, Voucher.RESERVED)
    assert settlement.settle(winner.id, given.status(winner)) == settlement.PAID


def test_a_late_payment_that_finds_no_goods_frees_the_voucher():
    order = given.order(voucher=given.voucher())
    settlement.expire(order.id)
    given.unopened(CHARLIE, order.product_id)

    settlement.settle(order.id, given.status(order))

    assert given.state(order) == Order.CREDITED
    assert state(order.voucher_id) == Voucher.AVAILABLE


def test_a_shop_that_credits_late_payments_leaves_the_voucher_free():
    order = given.order(voucher=given.voucher())
    settlement.expire(order.id)

    with settings.override(late_payment="credit"):
        settlement.settle(order.id, given.status(order))

    assert state(order.voucher_id) == Voucher.AVAILABLE


def test_a_late_payment_takes_the_voucher_of_an_order_that_got_no_qr():
    order = given.unopened(voucher=given.voucher())
    settlement.cancel_without_qr(order.id, Order.NO_QR)
    settlement.note_opened(order.id, given.answer(order))

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID

    taken = Voucher.get_by_id(order.voucher_id)
    assert (taken.state, taken.user_id, taken.redeemed_at) == (Voucher.SPENT, ALICE, order.created_at)


def test_a_voucher_that_the_order_does_not_hold_pays_for_nothing():
    order = given.order(voucher=given.voucher())
    Voucher.update(state=Voucher.AVAILABLE).execute()

    with pytest.raises(RuntimeError, match="is not reserved"):
        settlement.settle(order.id, given.status(order))

    assert given.state(order) == Order.PENDING


def test_the_audit_tells_every_step_of_a_voucher():
    order = given.order(voucher=given.voucher())
    settlement.expire(order.id)
    settlement.settle(order.id, given.status(order))

    steps = [len(given.audited(f"voucher.{step}")) for step in ("reserved", "freed", "spent")]
    assert steps == [2, 1, 1]

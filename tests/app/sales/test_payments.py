"""Settling: what the gateway says, compared with what we know, booked once."""

from datetime import timedelta
from uuid import uuid4

import pytest

import settings
from app.errors import BeingDelivered
from app.sales import orders, payments, settlement
from models import AuditEvent, LedgerEntry, Order, Payment, utcnow
from tests.support import given
from tests.support.given import ALICE, BOB


def test_opening_shows_the_qr_and_plans_the_first_look():
    order = given.order()

    payment = given.payment(order)
    assert (payment.state, payment.fee, payment.total) == (Payment.OPEN, 485, order.total + 485)
    assert (payment.next_check_at - payment.opened_at).total_seconds() == 15
    assert given.promised("send_qr") == [[order.id]]


def test_a_repeated_answer_changes_nothing():
    order = given.order()

    settlement.note_opened(order.id, given.answer(order, txn_id="ANOTHER"))

    assert given.payment(order).txn_id == f"PKS-{order.invoice}"
    assert len(given.promised("send_qr")) == 1


def test_a_qr_that_comes_after_the_end_is_canceled_there_and_watched():
    order = given.unopened()
    settlement.cancel(order.id, ALICE)

    settlement.note_opened(order.id, given.answer(order))

    assert given.promised("send_qr") == []
    assert given.promised("cancel_payment") == [[order.id]]
    assert given.payment(order).watch_until is not None


@pytest.mark.parametrize("status", ["completed", "canceled"])
def test_a_payment_that_was_over_when_it_was_found_is_looked_into(status):
    order = given.unopened()

    settlement.note_opened(order.id, given.answer(order, status=status))

    assert given.promised("send_qr") == []
    assert given.promised("check_payment") == [[order.id, False]]


def test_an_invoice_and_a_transaction_are_of_one_order():
    first, second = given.order(), given.order(given.CHARLIE)

    for order in (first, second):
        assert payments.by_invoice(order.invoice).order_id == order.id
        assert payments.order_of_transaction(f"PKS-{order.invoice}").id == order.id
    assert payments.by_invoice("TRXANOTHER") is None


def test_goods_that_go_out_with_the_payment_are_in_the_air_at_once():
    order = given.order()
    settlement.settle(order.id, given.status(order), uuid4())

    with pytest.raises(BeingDelivered):
        settlement.credit(order.id, anyway=True)


def test_a_payment_in_time_sends_the_goods():
    order = given.order()

    assert settlement.settle(order.id, given.status(order)) == settlement.PAID
    assert given.state(order) == Order.PAID
    assert given.payment(order).state == Payment.COMPLETED
    assert given.promised("deliver_order") == given.promised("show_paid") == [[order.id]]
    assert given.told("order_new") == [BOB]


def test_a_settled_payment_is_not_looked_at_again():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    assert given.payment(order).next_check_at is None


def test_the_second_to_notice_a_payment_changes_nothing():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    before = given.promised()

    assert settlement.settle(order.id, given.status(order)) == settlement.KNOWN
    assert given.promised() == before


def test_what_is_pending_is_not_booked():
    order = given.order()

    assert settlement.settle(order.id, given.status(order, "pending")) == settlement.UNPAID
    assert given.state(order) == Order.PENDING


def test_what_is_canceled_at_the_gateway_ends_here():
    order = given.order()

    assert settlement.settle(order.id, given.status(order, "canceled")) == settlement.ENDED
    assert (given.state(order), given.payment(order).state) == (Order.EXPIRED, Payment.CANCELED)
    assert given.shelf(order.product_id) == {"available": 1}
    assert given.promised("cancel_payment") == []


@pytest.mark.parametrize("word", ["pending", "completed", "canceled"])
@pytest.mark.parametrize("lie", [{"txn_id": "PKS-ANOTHER"}, {"invoice": "TRXANOTHER"}, {"amount": 24_999}])
def test_no_word_about_another_payment_is_believed(word, lie):
    order = given.order()

    assert settlement.settle(order.id, given.status(order, word, **lie)) == settlement.MISMATCH
    assert (given.state(order), given.payment(order).state) == (Order.PENDING, Payment.OPEN)
    assert given.payment(order).next_check_at is not None
    assert given.told("payment_mismatch") == [BOB]


@pytest.mark.parametrize(
    ("field", "value"),
    [("txn_id", "PKS-ANOTHER"), ("invoice", "TRXANOTHER"), ("amount", 24_999), ("amount", 25_485)],
)
def test_an_answer_that_contradicts_us_books_nothing(field, value):
    order = given.order()

    assert settlement.settle(order.id, given.status(order, **{field: value})) == settlement.MISMATCH
    assert given.state(order) == Order.PENDING
    assert given.payment(order).state == Payment.OPEN
    assert given.told("payment_mismatch") == [BOB]


@pytest.mark.parametrize(
    ("says", "counts", "version", "outcome"),
    [
        (True, True, 2, settlement.PAID),
        (False, True, 2, settlement.PAID),
        (False, False, 2, settlement.PAID),
        (True, False, 2, settlement.MISMATCH),
        (None, False, 2, settlement.MISMATCH),
        (None, False, 1, settlement.PAID),
    ],
)
def test_sandbox_money_counts_only_where_it_may(says, counts, version, outcome):
    order = given.order()

    with settings.override(pakasir_sandbox=counts, pakasir_api_version=version):
        assert settlement.settle(order.id, given.status(order, is_sandbox=says)) == outcome


def test_every_order_with_a_mismatch_is_told_of():
    first, second = given.order(), given.order(given.CHARLIE)

    for order in (first, second, second):
        settlement.settle(order.id, given.status(order, amount=1))

    assert given.told("payment_mismatch") == [BOB, BOB]


def test_a_payment_nobody_knows_the_transaction_of_is_not_booked():
    order = given.unopened()

    assert settlement.settle(order.id, given.status(order)) == settlement.MISMATCH


@pytest.mark.parametrize("end", [settlement.expire, lambda id: settlement.cancel(id, ALICE)])
def test_a_late_payment_takes_the_goods_again(end):
    order = given.order(quantity=2)
    end(order.id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID
    late = orders.get(order.id)
    assert (late.state, late.reason, late.closed_at) == (Order.PAID, "late", None)
    assert given.shelf(order.product_id) == {"reserved": 2}
    assert [BOB, "order_late", {"order_id": order.id}] in given.promised("send_notice")
    assert given.promised("deliver_order") == [[order.id]]


def test_a_late_payment_for_goods_that_are_gone_becomes_balance():
    order = given.order()
    settlement.expire(order.id)
    given.unopened(given.CHARLIE, order.product_id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED
    assert (given.state(order), given.balance()) == (Order.CREDITED, order.total)
    assert orders.get(order.id).reason == Order.LATE
    assert given.told("late_credited") == [ALICE]
    assert [BOB, "order_late_credited", {"order_id": order.id}] in given.promised("send_notice")
    assert given.promised("deliver_order") == []


def test_a_late_payment_for_goods_that_no_key_opens_becomes_balance():
    order = given.order()
    settlement.expire(order.id)

    with settings.override(stock_encryption_key="YW5vdGhlciBrZXksIGFsc28gbm90IGEgc2VjcmV0ISE="):
        assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED

    assert given.balance() == order.total
    assert given.shelf(order.product_id) == {"available": 1}


def test_part_of_the_goods_is_not_enough_for_a_late_payment():
    order = given.order(quantity=2)
    settlement.expire(order.id)
    given.unopened(given.CHARLIE, order.product_id, quantity=1)

    settlement.settle(order.id, given.status(order))

    assert given.state(order) == Order.CREDITED
    assert given.shelf(order.product_id) == {"available": 1, "reserved": 1}


def test_the_shop_may_credit_every_late_payment():
    order = given.order()
    settlement.expire(order.id)

    with settings.override(late_payment="credit"):
        assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED

    assert given.shelf(order.product_id) == {"available": 1}


def test_a_late_payment_counts_once():
    order = given.order()
    settlement.expire(order.id)
    with settings.override(late_payment="credit"):
        settlement.settle(order.id, given.status(order))
        again = settlement.settle(order.id, given.status(order))

    assert again == settlement.KNOWN
    assert LedgerEntry.select().count() == 1


def test_a_payment_that_the_gateway_canceled_and_still_took_money_for_is_late_too():
    order = given.order()
    settlement.settle(order.id, given.status(order, "canceled"))

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID


def test_a_late_payment_does_not_wait_for_the_next_order_of_the_buyer():
    order = given.order()
    settlement.expire(order.id)
    given.unopened(product_id=given.product("Spotify").id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID


def test_a_deposit_becomes_balance():
    order = given.deposit(50_000)

    assert settlement.settle(order.id, given.status(order)) == settlement.CREDITED
    assert (given.state(order), given.balance()) == (Order.CREDITED, 50_000)
    assert given.told("deposit_new") == [BOB]


def test_a_late_deposit_becomes_balance_too():
    order = given.deposit(50_000)
    settlement.expire(order.id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED
    assert given.balance() == 50_000


def test_a_cancellation_is_looked_at_again_after_ten_minutes():
    order = given.order()
    settlement.expire(order.id)

    settlement.settle(order.id, given.status(order, "canceled"))

    payment = given.payment(order)
    assert payment.state == Payment.CANCELED
    assert timedelta(minutes=9) < payment.next_check_at - utcnow() <= timedelta(minutes=10)


def test_a_repeated_cancellation_does_not_begin_the_looks_anew():
    order = given.order()
    settlement.settle(order.id, given.status(order, "canceled"))
    planned = given.payment(order).next_check_at

    settlement.settle(order.id, given.status(order, "canceled"))

    assert given.payment(order).next_check_at == planned
    assert len(given.audited("payment.canceled")) == 1


def test_a_cancellation_that_is_taken_back_is_watched_and_asked_for_again():
    order = given.order()
    settlement.settle(order.id, given.status(order, "canceled"))

    assert settlement.settle(order.id, given.status(order, "pending")) == settlement.UNPAID

    payment = given.payment(order)
    assert (payment.state, given.promised("cancel_payment")) == (Payment.OPEN, [[order.id]])
    assert payment.watch_until - utcnow() > timedelta(hours=47)


def test_every_step_of_a_payment_is_in_the_audit():
    order, silent = given.order(), given.unopened(given.CHARLIE)
    for word in ("canceled", "pending", "completed"):
        settlement.settle(order.id, given.status(order, word))
    settlement.expire(silent.id)

    steps = [event.action for event in AuditEvent.select().order_by(AuditEvent.id)]

    assert [step for step in steps if step.startswith("payment.")] == [
        "payment.opened",
        "payment.canceled",
        "payment.reopened",
        "payment.completed",
        "payment.refused",
    ]


def test_a_cancellation_does_not_undo_a_payment():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    settlement.settle(order.id, given.status(order, "canceled"))

    assert given.payment(order).state == Payment.COMPLETED
    assert given.audited("payment.canceled") == []


def test_an_order_paid_from_the_balance_has_no_payment():
    given.person(balance=25_000)
    order = given.buy_with_balance(ALICE, given.product(price=25_000).id, 1)

    assert payments.of_order(order.id) is None

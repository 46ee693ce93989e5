"""The deadline, row by row of the table in workers/jobs/orders.py."""

from datetime import timedelta

import pytest

import settings
from app.clients import pakasir_http
from app.errors import Flood
from app.infra import limits
from app.infra.queue import broker
from app.infra.queue.retries import Later
from app.sales import orders, settlement
from models import Order, Payment, utcnow
from tests.support import given
from tests.support.given import ALICE, BOB
from tests.support.moments import past_deadline, silent


def test_before_the_deadline_it_waits(order, run):
    with pytest.raises(Later) as later:
        run("expire_order", order.id)

    left_ms = (order.expires_at - utcnow()).total_seconds() * 1000
    assert left_ms < later.value.delay_ms <= order_lasts_ms(order)


def order_lasts_ms(order):
    return (order.expires_at - order.created_at).total_seconds() * 1000 + 1


def test_completed_is_settled_as_paid_in_time(overdue, run, pakasir):
    pakasir.pays(overdue.invoice, webhook="lost")

    run("expire_order", overdue.id)

    assert (given.state(overdue), orders.get(overdue.id).reason) == (Order.PAID, None)
    assert given.told("order_new") == [BOB]


def test_pending_is_canceled_there_and_looked_at_once_more(overdue, run, pakasir):
    with pytest.raises(Later) as later:
        run("expire_order", overdue.id)

    assert later.value.delay_ms > 4_000  # the gateway answers once in four seconds
    assert pakasir.find(overdue.invoice).status == "canceled"
    assert given.state(overdue) == Order.PENDING


def test_a_cancellation_that_is_answered_with_a_page_was_asked_for(overdue, run, pakasir):
    pakasir.fault("cancel", "html", status=200)

    with pytest.raises(Later):
        run("expire_order", overdue.id)
    run("expire_order", overdue.id)

    assert given.state(overdue) == Order.EXPIRED
    assert len(pakasir.calls_of("cancel")) == 1


def test_what_the_gateway_then_calls_canceled_expires_here(overdue, run):
    expire(run, overdue)

    assert given.state(overdue) == Order.EXPIRED
    assert given.payment(overdue).state == Payment.CANCELED
    assert given.shelf(overdue.product_id) == {"available": 1}
    assert given.promised("show_closed") == [[overdue.id]]
    assert given.promised("cancel_payment") == []


def test_paid_while_it_was_canceled_is_settled_in_time(overdue, run, pakasir):
    pakasir.pays(overdue.invoice, webhook="lost")
    pakasir.fault("status", "change", fields={"status": "pending"})

    expire(run, overdue)

    assert (given.state(overdue), orders.get(overdue.id).reason) == (Order.PAID, None)


ANSWERS_TO_CANCEL = [
    {"kind": "refuse", "status": 200, "message": "Internal error"},
    {"kind": "refuse", "status": 400, "message": "Transaksi sudah tidak dapat dibatalkan"},
    {"kind": "refuse", "status": 400, "message": "Transaction is already canceled"},
    {"kind": "refuse", "status": 409, "message": "Sudah lunas"},
    {"kind": "refuse", "status": 404, "message": "Transaction not found"},
    {"kind": "refuse", "status": 200, "message": None},
]


@pytest.mark.parametrize("answer", ANSWERS_TO_CANCEL)
def test_whatever_is_answered_to_a_cancel_a_qr_that_stays_payable_is_watched(overdue, run, pakasir, answer):
    pakasir.fault("cancel", times=None, **answer)

    expire(run, overdue)

    payment = given.payment(overdue)
    assert (given.state(overdue), payment.state) == (Order.EXPIRED, Payment.OPEN)
    assert payment.watch_until - utcnow() > timedelta(hours=47)
    assert payment.next_check_at is not None


@pytest.mark.parametrize("answer", ANSWERS_TO_CANCEL)
def test_whatever_is_answered_to_a_cancel_a_payment_is_found(overdue, run, pakasir, answer):
    pakasir.fault("cancel", times=None, **answer)
    expire(run, overdue)
    pakasir.pays(overdue.invoice, webhook="lost")

    run("check_payment", overdue.id, False)

    assert (given.state(overdue), orders.get(overdue.id).reason) == (Order.PAID, "late")


def test_canceled_there_already_expires_here(overdue, run, pakasir):
    pakasir.fault("status", "change", fields={"status": "canceled"})

    run("expire_order", overdue.id)

    assert given.state(overdue) == Order.EXPIRED
    assert given.payment(overdue).state == Payment.CANCELED
    assert given.promised("show_closed") == [[overdue.id]]
    assert pakasir.calls_of("cancel") == []


@pytest.mark.parametrize("lie", [{"amount": 1}, {"order_id": "TRXANOTHER"}, {"txn_id": "PKSANOTHER"}])
def test_a_cancellation_of_something_else_ends_here_but_is_watched(overdue, run, pakasir, lie):
    pakasir.fault("status", "change", fields={"status": "canceled"} | lie)

    run("expire_order", overdue.id)

    payment = given.payment(overdue)
    assert (given.state(overdue), payment.state) == (Order.EXPIRED, Payment.OPEN)
    assert payment.watch_until is not None
    assert given.told("payment_mismatch") == [BOB]


ODD = [
    {"status": ["completed"]},
    {"status": "paid"},
    {"amount": 10**400},
    {"amount": [25_000]},
    {"txn_id": {}},
    {"order_id": "TRX\x00"},
    {"completed_at": "9999-12-31T23:59:59-07:00", "amount": None},
]


@pytest.mark.parametrize("fields", ODD)
def test_an_answer_that_cannot_be_read_ends_the_order_after_two_minutes_and_is_told(
    order, run, pakasir, fields
):
    pakasir.fault("status", "change", times=None, fields=fields)
    past_deadline(order)
    with pytest.raises(Later):
        run("expire_order", order.id)
    in_doubt(order, timedelta(minutes=2))

    run("expire_order", order.id)

    assert (given.state(order), given.payment(order).state) == (Order.EXPIRED, Payment.OPEN)
    assert given.told("payment_mismatch") == [BOB]


@pytest.mark.parametrize("call", ["status", "cancel"])
def test_too_many_calls_are_made_again(overdue, run, pakasir, call):
    pakasir.fault(call, "rate", retry_after=5)

    with pytest.raises(Flood):
        run("expire_order", overdue.id)

    assert given.state(overdue) == Order.PENDING
    expire(run, overdue)
    assert given.state(overdue) == Order.EXPIRED


def test_an_order_does_not_wait_until_there_is_room_to_cancel_its_qr(overdue, run, pakasir):
    pakasir.forget_rates()
    while not limits.take(pakasir_http.write_rate(settings.current().pakasir_project)):
        pass

    broker.setup().get_actor("expire_order").fn(overdue.id)

    assert given.state(overdue) == Order.EXPIRED
    assert given.promised("cancel_payment") == [[overdue.id]]
    assert given.payment(overdue).watch_until
    assert pakasir.calls_of("cancel") == []


def test_a_gateway_that_only_says_wait_does_not_keep_the_goods_for_ever(order, run, pakasir):
    pakasir.fault("status", "rate", retry_after=5)
    in_doubt(order, timedelta(minutes=2))

    run("expire_order", order.id)

    assert given.state(order) == Order.EXPIRED
    assert given.payment(order).watch_until


@pytest.mark.parametrize("call", ["status", "cancel"])
@pytest.mark.parametrize("kind", ["down", "error", "html"])
def test_an_unreachable_gateway_keeps_the_order_and_its_goods(overdue, run, pakasir, call, kind):
    pakasir.fault(call, kind)

    with pytest.raises(Later) as later:
        run("expire_order", overdue.id)

    assert later.value.delay_ms == 5_000
    assert given.state(overdue) == Order.PENDING
    assert given.shelf(overdue.product_id) == {"reserved": 1}


@pytest.mark.parametrize("call", ["status", "cancel"])
def test_after_two_minutes_of_doubt_it_expires_and_is_watched(order, run, pakasir, call):
    pakasir.fault(call, "down", times=None)
    in_doubt(order, timedelta(minutes=2))

    run("expire_order", order.id)

    assert given.state(order) == Order.EXPIRED
    assert given.payment(order).watch_until is not None
    assert given.promised("cancel_payment") == [[order.id]]


@pytest.mark.parametrize("opening_was", [None, timedelta(minutes=30)], ids=["prompt", "slow"])
def test_a_first_look_that_comes_late_is_not_the_last(order, run, pakasir, opening_was):
    """Nobody looked for ten minutes: the workers were away, or there was a rush."""
    pakasir.fault("status", "down")
    past_deadline(order, timedelta(minutes=10))
    if opening_was:
        silent(order, opening_was)
    pakasir.pays(order.invoice, webhook="lost")

    with pytest.raises(Later):
        run("expire_order", order.id)
    run("expire_order", order.id)

    assert (given.state(order), orders.get(order.id).reason) == (Order.PAID, None)


@pytest.mark.parametrize("fields", [{"amount": 1}, {"order_id": "TRXANOTHER"}, {"txn_id": "PKSANOTHER"}])
def test_what_contradicts_us_expires_and_is_watched(overdue, run, pakasir, fields):
    pakasir.pays(overdue.invoice, webhook="lost")
    pakasir.fault("status", "change", times=None, fields=fields)

    run("expire_order", overdue.id)

    assert given.state(overdue) == Order.EXPIRED
    assert given.payment(overdue).watch_until is not None
    assert given.told("payment_mismatch") == [BOB]


def test_an_order_that_never_got_a_qr_just_ends(buyer, run, pakasir):
    placed = past_deadline(given.unopened(buyer.id))

    run("expire_order", placed.id)

    assert (given.state(placed), given.payment(placed).state) == (Order.EXPIRED, Payment.REFUSED)
    assert pakasir.calls == []


@pytest.mark.parametrize("end", ["paid", "canceled"])
def test_an_order_that_ended_before_is_left_alone(overdue, run, pakasir, end):
    if end == "paid":
        given.settlement.settle(overdue.id, given.status(overdue, txn_id=given.payment(overdue).txn_id))
    else:
        settlement.cancel(overdue.id, ALICE)

    run("expire_order", overdue.id)

    assert given.state(overdue) == end
    assert pakasir.calls_of("status") == []


def test_a_paid_order_is_not_expired_by_a_run_that_began_before(overdue, run, pakasir):
    pakasir.pays(overdue.invoice, webhook="lost")
    run("check_payment", overdue.id, False)

    run("expire_order", overdue.id)

    assert given.state(overdue) == Order.PAID


def in_doubt(order, by):
    """The deadline was long ago, and the first look that had no answer so long."""
    past_deadline(order, by + timedelta(seconds=1))
    silent(order, by)


def expire(run, order):
    """The deadline, and the look that follows the cancellation."""
    with pytest.raises(Later):
        run("expire_order", order.id)
    run("expire_order", order.id)

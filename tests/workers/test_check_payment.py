"""Looking for payments that nobody told us of, while an order is open and for two days after it ended."""

from datetime import timedelta

import pytest

import settings
from app.errors import Flood
from app.infra.queue import broker
from app.sales import orders, payments, settlement
from models import Order, Payment, utcnow
from tests.support import given
from tests.support.given import ALICE, BOB
from tests.support.moments import look_now


def test_a_lost_notification_is_found_by_looking(order, pakasir, drain):
    pakasir.pays(order.invoice, webhook="lost")
    look_now(order)

    sweep("check_payments")
    drain()

    assert given.state(order) == Order.DELIVERED


def test_nobody_is_asked_before_it_is_time(order, run, pakasir, drain):
    sweep("check_payments")
    drain()

    assert pakasir.calls_of("status") == []


def test_an_unpaid_order_stays_open(order, run):
    run("check_payment", order.id, False)

    assert given.state(order) == Order.PENDING
    assert given.promised("show_checked") == []


def test_who_asks_for_the_status_is_told_when_it_was_looked_up(order, run):
    run("check_payment", order.id, True)

    assert given.promised("show_checked") == [[order.id]]


def test_who_asks_after_paying_gets_the_goods(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    run("check_payment", order.id, True)

    assert given.promised("deliver_order") == [[order.id]]
    assert given.promised("show_checked") == []


@pytest.mark.parametrize("kind", ["down", "error", "html", "refuse"])
def test_a_gateway_that_cannot_answer_is_asked_at_the_next_look(order, run, pakasir, kind):
    pakasir.fault("status", kind)

    run("check_payment", order.id, True)

    assert given.state(order) == Order.PENDING
    assert given.payment(order).next_check_at is not None


def test_being_asked_to_slow_down_is_not_forgotten(order, run, pakasir):
    pakasir.fault("status", "rate")

    with pytest.raises(Flood):
        run("check_payment", order.id, True)


def test_a_payment_that_the_owner_canceled_at_the_gateway_ends_the_order(order, run, pakasir):
    pakasir.find(order.invoice)
    pakasir.fault("status", "change", fields={"status": "canceled"})

    run("check_payment", order.id, False)

    assert given.state(order) == Order.EXPIRED
    assert given.payment(order).state == Payment.CANCELED
    assert given.shelf(order.product_id) == {"available": 1}


def test_a_late_payment_is_found_by_watching(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.pays(order.invoice, webhook="lost")

    run("check_payment", order.id, False)

    assert orders.get(order.id).reason == "late"
    assert given.told("order_late") == [BOB]


def test_a_late_payment_becomes_balance_where_the_shop_wants_it(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.pays(order.invoice, webhook="lost")

    with settings.override(late_payment="credit"):
        run("check_payment", order.id, False)

    assert given.balance(ALICE) == order.total
    assert given.told("late_credited") == [ALICE]


def test_looking_never_cancels_the_qr_of_an_open_order(order, run, pakasir):
    for show in (False, True):
        run("check_payment", order.id, show)

    assert pakasir.calls_of("cancel") == []
    assert pakasir.find(order.invoice).status == "pending"


def test_watching_tries_again_to_cancel_there_and_then_asks_what_became_of_it(order, run, pakasir):
    settlement.expire(order.id)

    run("check_payment", order.id, False)
    assert pakasir.find(order.invoice).status == "canceled"
    assert given.payment(order).state == Payment.OPEN
    assert given.payment(order).next_check_at <= utcnow() + payments.SOON
    run("check_payment", order.id, False)

    assert given.payment(order).state == Payment.CANCELED


def test_what_is_canceled_or_paid_is_not_canceled_again(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.fault("status", "change", fields={"status": "canceled"})
    run("check_payment", order.id, False)
    pakasir.pays(order.invoice, webhook="lost")
    run("check_payment", order.id, False)

    for actor in ("cancel_payment", "check_payment"):
        run(actor, order.id, *([False] if actor == "check_payment" else []))

    assert pakasir.calls_of("cancel") == []


def test_a_cancellation_by_the_gateway_s_own_word_may_still_be_wrong(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.fault("status", "change", fields={"status": "canceled"})
    run("check_payment", order.id, False)
    assert given.payment(order).state == Payment.CANCELED
    pakasir.pays(order.invoice, webhook="lost")

    run("check_payment", order.id, False)

    assert (given.state(order), orders.get(order.id).reason) == (Order.PAID, "late")


def test_a_watched_payment_that_cannot_be_canceled_goes_on_being_watched(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.fault("cancel", "error", status=503)

    run("check_payment", order.id, False)

    assert given.payment(order).watch_until is not None


def test_a_watched_payment_that_was_paid_while_it_was_canceled_is_booked(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("status", "change", fields={"status": "pending"})

    run("check_payment", order.id, False)
    run("check_payment", order.id, False)

    assert orders.get(order.id).reason == "late"


def test_the_last_look_still_books_a_payment(order, pakasir, drain):
    settlement.expire(order.id)
    pakasir.pays(order.invoice, webhook="lost")
    Payment.update(watch_until=utcnow() - timedelta(seconds=1)).execute()
    look_now(order)

    sweep("check_payments")
    drain()

    assert given.state(order) == Order.DELIVERED


def test_cancelling_is_not_insisted_on_because_the_watch_goes_on(order, run, pakasir):
    settlement.cancel(order.id, ALICE)
    pakasir.fault("cancel", "down")

    run("cancel_payment", order.id)

    assert given.payment(order).next_check_at is not None


def test_cancelling_makes_the_qr_unpayable(order, run, pakasir):
    settlement.cancel(order.id, ALICE)

    run("cancel_payment", order.id)

    assert pakasir.find(order.invoice).status == "canceled"


@pytest.mark.parametrize("message", ["Transaction is already completed", "Tidak bisa", None])
def test_after_any_answer_to_a_cancel_the_status_is_asked_shortly(order, run, pakasir, message):
    settlement.cancel(order.id, ALICE)
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("cancel", "refuse", message=message)

    run("cancel_payment", order.id)
    assert given.payment(order).next_check_at <= utcnow() + payments.SOON
    run("check_payment", order.id, False)

    assert given.payment(order).state == Payment.COMPLETED


def sweep(actor):
    """What the clock sends."""
    broker.setup().get_actor(actor).send()

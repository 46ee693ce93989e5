"""A notification is a hint: the gateway's own word is what counts."""

import importlib
import math
from uuid import uuid4

import pytest
from freezegun import freeze_time

import settings
from app.errors import Flood, Locked, Unreachable
from app.infra.queue import outbox
from app.infra.queue.retries import Later
from app.sales import delivery, orders, payments, settlement, strays
from models import Delivery, Order, Payment, StockItem, Stray, utcnow
from tests.support import given
from tests.support.given import BOB
from tests.support.moments import past_deadline

OTHER_KEY = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


def txn(order):
    return given.payment(order).txn_id


def test_the_gateway_is_asked_and_the_payment_booked(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))

    assert given.state(order) == Order.DELIVERED
    assert len(pakasir.calls_of("status", order.invoice)) == 1


def test_a_hint_that_is_not_true_books_nothing_and_tells_nobody(order, run):
    for txn_id in (txn(order), None):
        run("settle_payment", order.invoice, txn_id)

    assert given.state(order) == Order.PENDING
    assert not Stray.select().exists()


def test_a_hint_that_is_not_true_yet_is_looked_into_again_shortly(order, run):
    run("settle_payment", order.invoice, txn(order))

    assert given.payment(order).next_check_at <= utcnow() + payments.SOON


def test_a_hint_about_another_transaction_is_checked_against_ours(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, "PKSANOTHER")

    assert given.state(order) == Order.DELIVERED


def test_a_payment_of_an_order_that_we_do_not_have_is_told_once(run):
    for _ in range(3):
        run("settle_payment", "TRXUNKNOWN", "PKS1")

    assert given.told("payment_stray") == [BOB]
    stray = Stray.get()
    assert (stray.invoice, stray.txn_id, stray.times) == ("TRXUNKNOWN", "PKS1", 3)
    assert given.promised("look_at_stray") == [[stray.id]]


def test_who_had_the_secret_need_not_name_a_transaction(run):
    run("settle_payment", "TRXUNKNOWN", None, True)

    assert given.told("payment_stray") == [BOB]


def test_what_anybody_may_have_sent_tells_nobody(run, pakasir):
    for number in range(10):
        run("settle_payment", f"TRXUNKNOWN{number}", None)

    assert (Stray.select().count(), given.told("payment_stray")) == (0, [])
    assert pakasir.calls == []


def test_an_order_that_the_balance_paid_has_no_payment_there(buyer, run):
    given.person(buyer.id, balance=25_000)
    order = given.buy_with_balance(buyer.id, given.product(price=25_000).id, 1)

    run("settle_payment", order.invoice, "PKS1")

    assert given.told("payment_stray") == [BOB]


def test_another_transaction_of_a_known_order_is_told_too(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, "PKSANOTHER")

    assert given.state(order) == Order.DELIVERED
    assert (Stray.get().invoice, Stray.get().txn_id) == (order.invoice, "PKSANOTHER")


def test_the_gateway_s_word_is_kept_for_whoever_decides(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")
    strays.note("TRXLOST", txn(order))

    run("look_at_stray", Stray.get().id)

    said = Stray.get().said
    assert (said["status"], said["amount"], said["order_id"]) == ("completed", order.total, order.invoice)


@pytest.mark.parametrize(("txn_id", "calls"), [("PKSUNKNOWN", 1), (None, 0)])
def test_a_payment_that_the_gateway_does_not_know_either_stays_to_be_decided(run, pakasir, txn_id, calls):
    strays.note("TRXLOST", txn_id)

    run("look_at_stray", Stray.get().id)

    assert len(pakasir.calls_of("status")) == calls
    assert Stray.get().outcome is None
    assert list(Stray.get().said or {}) == ["problem"] * calls


def test_what_was_dealt_with_is_not_asked_about(order, run, pakasir):
    strays.note("TRXLOST", txn(order))
    strays.dismiss(Stray.get().id, why="a test")

    run("look_at_stray", Stray.get().id)

    assert pakasir.calls_of("status") == []


def test_a_notification_after_a_restored_backup_reaches_the_admins(order, admin, pakasir, drain):
    pakasir.pays(order.invoice, webhook="late")
    Order.update(invoice="TRXFORGOTTEN").execute()
    pakasir.release_webhooks()
    pakasir.wait_for_webhooks()
    drain()

    notice = admin.sees("Pembayaran tanpa pesanan")
    assert order.invoice in notice.text
    assert "Masukkan ke Saldo" in [button.label for button in notice.buttons]


def test_a_known_payment_is_not_asked_about_again(buyer, order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))
    run("settle_payment", order.invoice, txn(order))

    assert len(pakasir.calls_of("status")) == 1
    assert len(buyer.received) == 1


def test_being_asked_to_slow_down_only_delays_it(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("status", "rate", retry_after=5)

    with pytest.raises(Flood) as flood:
        run("settle_payment", order.invoice, txn(order))
    run("settle_payment", order.invoice, txn(order))

    assert flood.value.retry_after_s == 5
    assert given.state(order) == Order.DELIVERED


@pytest.mark.parametrize("kind", ["down", "error", "html", "drop"])
def test_a_gateway_that_stumbles_is_asked_again(order, run, pakasir, kind):
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("status", kind)

    with pytest.raises(Unreachable):
        run("settle_payment", order.invoice, txn(order))
    run("settle_payment", order.invoice, txn(order))

    assert given.state(order) == Order.DELIVERED


@pytest.mark.parametrize("fields", [{"amount": 24_999}, {"order_id": "TRXANOTHER"}, {"txn_id": "PKSANOTHER"}])
def test_an_answer_that_contradicts_us_books_nothing_and_is_told(order, run, pakasir, fields):
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("status", "change", fields=fields)

    run("settle_payment", order.invoice, txn(order))

    assert given.state(order) == Order.PENDING
    assert given.told("payment_mismatch") == [BOB]


def test_a_contradiction_is_told_once_however_often_it_is_looked_at(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("status", "change", times=None, fields={"amount": 24_999})

    for _ in range(3):
        run("settle_payment", order.invoice, txn(order))
        run("check_payment", order.id, False)

    assert given.told("payment_mismatch") == [BOB]


def test_an_unreadable_answer_is_told_and_looked_into_again(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")
    pakasir.fault("status", "change", fields={"status": ["completed"]})

    run("settle_payment", order.invoice, txn(order))
    assert given.payment(order).next_check_at <= utcnow() + payments.SOON
    run("check_payment", order.id, False)

    assert given.state(order) == Order.PAID
    assert given.told("payment_mismatch") == [BOB]


def test_a_hint_that_overtakes_the_qr_waits_for_it(buyer, run):
    placed = given.unopened(buyer.id)

    with pytest.raises(Later):
        run("settle_payment", placed.invoice, "PKS1")


def test_a_payment_for_an_order_given_up_before_its_qr_came_is_not_lost(buyer, run, pakasir):
    placed = given.unopened(buyer.id)
    pakasir.fault("create", "drop")
    with pytest.raises(Later):
        run("open_payment", placed.id)
    settlement.cancel_without_qr(placed.id, "gateway")
    pakasir.pays(placed.invoice, webhook="lost")

    run("settle_payment", placed.invoice, pakasir.find(placed.invoice).txn_id)

    assert given.payment(placed).state == Payment.COMPLETED
    assert orders.get(placed.id).reason == "late"


def test_a_late_hint_delivers_what_is_still_there(order, run, pakasir):
    settlement.expire(order.id)
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))

    assert (given.state(order), orders.get(order.id).reason) == (Order.DELIVERED, "late")


# Through the receiver, with every worker running.


def test_a_doubled_notification_delivers_once(order, pakasir, telegram, drain):
    pakasir.pays(order.invoice, webhook="doubled")
    drain()

    assert [delivery.status for delivery in pakasir.webhooks] == [200, 200]
    assert given.state(order) == Order.DELIVERED
    assert len([call for call in telegram.called("sendMessage") if "KEY-1-0" in call.params["text"]]) == 1


def test_a_forged_notification_is_turned_away(order, pakasir, drain):
    pakasir.push_webhook(order.invoice, "forged", status="completed")
    pakasir.wait_for_webhooks()
    drain()

    assert pakasir.webhooks[0].status == 401
    assert pakasir.calls_of("status") == []
    assert given.state(order) == Order.PENDING


def test_a_notification_with_another_amount_is_only_a_hint(order, pakasir, drain):
    pakasir.fault("webhook", "change", fields={"amount": 1})
    pakasir.pays(order.invoice)
    drain()

    assert given.state(order) == Order.DELIVERED
    assert payments.of_order(order.id).amount == order.total


def test_a_notification_that_lies_about_the_payment_is_only_a_hint(order, pakasir, drain):
    pakasir.push_webhook(order.invoice, status="completed")
    pakasir.wait_for_webhooks()
    drain()

    assert pakasir.webhooks[0].status == 200
    assert given.state(order) == Order.PENDING


def test_a_notification_kept_back_until_after_the_deadline_is_late(order, run, pakasir, drain):
    pakasir.pays(order.invoice, webhook="late")
    settlement.expire(past_deadline(order).id)
    pakasir.release_webhooks()
    pakasir.wait_for_webhooks()
    drain()

    assert orders.get(order.id).reason == "late"
    assert given.state(order) == Order.DELIVERED


# The goods follow in the same job, with the promise behind them


def test_the_goods_follow_the_payment_at_once(buyer, order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))

    assert buyer.last_message.monospace
    assert given.promised("deliver_order") == []


@pytest.mark.parametrize(("kind", "known"), [("flood", []), ("dropped", [Delivery.UNKNOWN])])
def test_goods_that_cannot_go_out_at_once_wait_for_a_turn(order, run, pakasir, telegram, kind, known):
    pakasir.pays(order.invoice, webhook="lost")
    telegram.fault("sendMessage", kind)

    run("settle_payment", order.invoice, txn(order))

    assert given.state(order) == Order.PAID
    assert [part.state for part in Delivery.select()] == known
    assert given.promised("deliver_order") == [[order.id]]
    run("deliver_order", order.id)
    assert given.state(order) == Order.DELIVERED


def test_what_is_more_than_one_message_is_left_to_its_job(buyer, run, pakasir):
    product = given.product(stock_lines=["KEY-1", "KEY-2"])
    StockItem.update(kind=StockItem.DOCUMENT).execute()
    order = given.unopened(buyer.id, product.id, 2)
    run("open_payment", order.id)
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))

    assert given.promised("deliver_order") == [[order.id]]
    assert Delivery.select().count() <= 1


def test_a_file_that_may_take_longer_than_the_promise_is_held_is_left_to_its_job(buyer, run, pakasir):
    product = given.product(stock_lines=["X" * 4_000])
    order = given.unopened(buyer.id, product.id)
    run("open_payment", order.id)
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))

    assert given.promised("deliver_order") == [[order.id]]
    assert not delivery.progress_of(orders.get(order.id)).may_be_there
    run("deliver_order", order.id)
    assert given.state(order) == Order.DELIVERED


def test_a_worker_killed_between_payment_and_goods_leaves_the_promise(buyer, run, drain):
    order = given.order(buyer.id)
    with freeze_time(utcnow() - outbox.HELD - outbox.GRACE):
        settlement.settle(order.id, given.status(order), uuid4())

    assert outbox.sweep() == 1
    drain()

    assert buyer.last_message.monospace
    assert given.state(order) == Order.DELIVERED


def test_a_promise_that_is_kept_at_this_moment_is_not_swept(buyer):
    order = given.order(buyer.id)
    settlement.settle(order.id, given.status(order), uuid4())

    with freeze_time(utcnow() + outbox.HELD):
        assert outbox.sweep() == 0


def test_goods_that_no_key_opens_are_not_taken_for_sent(order, run, pakasir):
    pakasir.pays(order.invoice, webhook="lost")

    with settings.override(stock_encryption_key=OTHER_KEY):
        run("settle_payment", order.invoice, txn(order))

    assert not delivery.progress_of(orders.get(order.id)).may_be_there
    assert given.promised("deliver_order") == [[order.id]]


def test_a_key_that_is_lost_says_nothing_of_what_is_on_the_wire(order, run):
    settlement.settle(order.id, given.status(order, txn_id=txn(order)))
    delivery.begin(order.id, 0)

    with settings.override(stock_encryption_key=OTHER_KEY), pytest.raises(Locked):
        run("deliver_order", order.id)

    assert delivery.progress_of(orders.get(order.id)).may_be_there


@pytest.fixture
def telegram_was_slow():
    """A moment ago, in this process."""
    deliveries = importlib.import_module("workers.jobs.deliveries")
    deliveries._rest.until_s = math.inf
    yield
    deliveries._rest.until_s = 0.0


def test_after_a_slow_delivery_goods_wait_in_the_queue(order, run, pakasir, telegram_was_slow):
    pakasir.pays(order.invoice, webhook="lost")

    run("settle_payment", order.invoice, txn(order))

    assert (given.state(order), Delivery.select().count()) == (Order.PAID, 0)
    assert given.promised("deliver_order") == [[order.id]]


@pytest.mark.slow
def test_payments_do_not_wait_behind_a_messenger_that_is_slow(order, run, pakasir, telegram):
    deliveries = importlib.import_module("workers.jobs.deliveries")
    pakasir.pays(order.invoice, webhook="lost")
    telegram.fault("sendMessage", "slow", delay_s=deliveries.SLOW_S + 0.1)

    run("settle_payment", order.invoice, txn(order))

    assert deliveries.at_once() is None

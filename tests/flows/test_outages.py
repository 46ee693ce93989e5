"""Redis that forgets, a Telegram that is down, and everybody noticing one payment: goods arrive, once."""

import pytest

from app.infra.queue import broker
from app.sales import orders
from models import DeadLetter, Order, Outbox
from tests.support import given


@pytest.fixture
def bought(alice, shop, checkout):
    """Her order, its QR in the chat."""
    shop.sells("Netflix 1M", stock=["KEY-1", "KEY-2"])
    return orders.by_invoice(checkout("Netflix 1M"))


def send(*actors):
    for name, *args in actors:
        broker.setup().get_actor(name).send(*args)


def deliveries(alice):
    return [message for message in alice.received if "KEY-" in message.text]


def test_goods_arrive_although_redis_forgot_that_they_were_to_be_sent(
    alice, bought, drain, valkey, time_passes
):
    # Given
    drain.stop()
    given.settlement.settle(bought.id, given.status(bought, txn_id=given.payment(bought).txn_id))
    valkey.flushall()
    time_passes(1)
    assert deliveries(alice) == []

    # When
    time_passes(6)
    send(["sweep_outbox"])
    time_passes(0)

    # Then
    assert len(deliveries(alice)) == 1
    assert given.state(bought) == Order.DELIVERED


def test_a_forgotten_deadline_is_kept_all_the_same(alice, bought, valkey, time_passes):
    valkey.flushall()
    time_passes(610)

    send(["sweep_outbox"])
    time_passes(0)
    time_passes(5.1)

    assert given.state(bought) == Order.EXPIRED


def test_a_forgotten_notification_is_made_up_for_by_looking(
    alice, bought, drain, pakasir, valkey, time_passes
):
    drain.stop()
    pakasir.pays(bought.invoice)
    pakasir.wait_for_webhooks()
    valkey.flushall()

    time_passes(16)
    send(["check_payments"])
    time_passes(0)

    assert len(deliveries(alice)) == 1


@pytest.mark.parametrize("kind", ["5xx", "refused", "html"])
def test_goods_wait_for_a_telegram_that_is_down(alice, bought, pakasir, telegram, time_passes, kind):
    telegram.fault("*", kind, times=None)
    pakasir.pays(bought.invoice)
    time_passes(1)
    assert given.state(bought) == Order.PAID

    telegram.faults.clear()
    time_passes(20)

    assert len(deliveries(alice)) == 1
    assert not DeadLetter.select().exists()


def test_goods_wait_while_telegram_asks_for_a_pause(alice, bought, pakasir, telegram, time_passes):
    telegram.fault("sendMessage", "flood", retry_after_s=1)
    pakasir.pays(bought.invoice)

    time_passes(1)
    time_passes(3)

    assert len(deliveries(alice)) == 1
    assert not DeadLetter.select().exists()


def test_a_payment_that_everybody_notices_at_once_brings_the_goods_once(alice, bought, pakasir, time_passes):
    pakasir.pays(bought.invoice, webhook="doubled")
    pakasir.wait_for_webhooks(2)
    send(
        ["check_payment", bought.id, True],
        ["settle_payment", bought.invoice, None],
        ["expire_order", bought.id],
        ["cancel_payment", bought.id],
    )

    for _ in range(3):
        time_passes(5)

    assert len(deliveries(alice)) == 1
    assert given.state(bought) == Order.DELIVERED
    assert len(given.audited("payment.completed")) == 1


def test_nothing_is_left_to_do_when_an_order_is_done(alice, bought, pakasir, time_passes):
    pakasir.pays(bought.invoice)

    time_passes(1)
    time_passes(610)

    assert [row.actor for row in Outbox.select()] == []

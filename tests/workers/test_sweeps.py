"""What the clock sends: lost expiries, due looks, the batched report, and no more of them than needed."""

from datetime import timedelta

import pytest

from app.infra import redis_client
from app.infra.queue import broker, lanes
from models import HandledUpdate, Order, utcnow
from tests.support import given
from tests.support.given import BOB, CHARLIE
from tests.support.moments import look_now, past_deadline


@pytest.fixture
def queued(run, valkey):
    """How many jobs of an actor wait in the queue."""

    def queued(actor):
        kept = [redis_client.key(f"{queue}.msgs") for queue in lanes.QUEUES]
        jobs = [job for name in kept for job in valkey.hvals(name)]
        return sum(f'"actor_name":"{actor}"'.encode() in job for job in jobs)

    return queued


def test_an_order_whose_expiry_was_lost_expires_all_the_same(order, drain, valkey):
    past_deadline(order, timedelta(minutes=4))
    valkey.flushall()

    broker.setup().get_actor("expire_orders").send()
    drain()

    assert given.state(order) == Order.EXPIRED


def test_orders_at_their_deadline_are_left_to_their_own_job(order, run, queued):
    past_deadline(order, timedelta(minutes=2))

    run("expire_orders")

    assert queued("expire_order") == 0


def test_an_order_that_cannot_be_ended_yet_is_not_queued_again_and_again(order, run, queued):
    past_deadline(order, timedelta(minutes=4))

    for _ in range(3):
        run("expire_orders")

    assert queued("expire_order") == 1


def test_each_due_payment_gets_one_look(order, run, queued):
    look_now(order)
    run("check_payments")
    look_now(order)
    run("check_payments")

    assert queued("check_payment") == 1


def test_one_bad_order_does_not_stop_the_others(order, run, queued, pakasir):
    other = given.order(CHARLIE)  # the gateway does not know it
    for each in (order, other):
        look_now(each)

    run("check_payments")

    assert queued("check_payment") == 2


def test_the_admins_get_one_report_of_all_expired_orders(order, run):
    for each in (order, given.order(CHARLIE)):
        given.settlement.expire(each.id)
    Order.update(closed_at=utcnow() - timedelta(minutes=1)).execute()

    run("report_expired")

    assert given.told("orders_expired") == [BOB]


def test_old_rows_are_pruned(run):
    HandledUpdate.insert(id=1, handled_at=utcnow() - timedelta(days=4)).execute()

    run("prune")

    assert not HandledUpdate.select().exists()

"""Which failures are told, and how often."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.backoffice import failures
from app.errors import Refused
from app.infra.queue import dead
from app.sales import orders
from models import DeadLetter, Order, Outbox
from tests.support import given
from tests.support.given import BOB


@pytest.fixture
def clock(database, valkey):
    with freeze_time("2026-11-23 12:00") as frozen:
        yield frozen


def dies(subject, actor="deliver_order", error=None):
    """A job failed for good; what is told of it."""
    Outbox.delete().execute()
    number = DeadLetter.select().count()
    dead.record(f"job-{number}", actor, "money", [subject], error or Refused(400, "no"), attempts=1)
    failures.report()
    return given.told("jobs_failed")


def test_the_first_of_a_kind_is_told_at_once(clock):
    assert dies(1) == [BOB]


def test_more_of_the_same_kind_are_not_told_one_by_one(clock):
    dies(1)

    assert [dies(number) for number in range(2, 6)] == [[], [], [], []]


def test_another_error_is_another_kind(clock):
    dies(1)

    assert dies(2, error=ValueError("x")) == [BOB]
    assert dies(3, actor="send_qr") == [BOB]


def test_what_grows_a_lot_is_told_again(clock):
    dies(1)
    told = [dies(number) for number in range(2, 12)]

    assert told[-1] == [BOB]
    assert given.promised("send_notice")[-1][2]["count"] == 11


def test_what_comes_back_after_it_was_dealt_with_is_told_again(clock):
    dies(1)
    dead.discard("job-0")

    assert dies(1) == [BOB]


def test_goods_do_not_wait_untold_for_long(clock):
    dies(1)
    dies(2)
    clock.tick(failures.UNTOLD + timedelta(seconds=1))

    failures.report()

    assert given.promised("send_notice")[-1][2]["letters"] == ["job-1"]


def test_nothing_is_told_twice(clock):
    dies(1)
    Outbox.delete().execute()
    clock.tick(timedelta(days=1))

    failures.report()

    assert given.promised() == []


@pytest.mark.parametrize("actor", ["report_failures", "send_notice"])
def test_a_failure_to_tell_of_failures_is_not_told(clock, actor):
    dead.record("job-0", actor, "money", [BOB, "jobs_failed", {}], Refused(400, "no"))

    failures.report()

    assert given.promised() == []


def test_every_buyer_is_told_of_their_order_and_once(clock):
    first, second = paid(1), paid(3)
    told = [dies(first.id), given.told("delivery_stuck"), dies(first.id), given.told("delivery_stuck")]
    dies(second.id)

    assert told == [[BOB], [1], [], []]
    assert given.told("delivery_stuck") == [3]


@pytest.mark.parametrize("subject", ["nonsense", "9" * 30, -1, "TRX-UNKNOWN"])
def test_a_subject_that_is_no_order_stops_nothing(clock, subject):
    assert dies(subject, actor="settle_payment") == [BOB]


def paid(buyer):
    order = given.order(buyer, given.product(f"P{buyer}").id)
    Order.update(state=Order.PAID).where(Order.id == order.id).execute()
    return orders.get(order.id)

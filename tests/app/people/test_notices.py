"""What the admins are told, and how often."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

import settings
from app.infra.transactions import atomic
from app.people import notices, users
from app.sales import settlement
from models import Outbox
from tests.support import given
from tests.support.given import ALICE, BOB, CHARLIE


@pytest.fixture
def clock():
    with freeze_time("2026-11-23 12:00") as frozen:
        yield frozen


def report():
    """What the next report says: (recipient, data), and forget it."""
    notices.report_expired()
    said = [(args[0], args[2]) for args in given.promised("send_notice") if args[1] == "orders_expired"]
    Outbox.delete().execute()
    return said


def expired(buyer):
    order = given.unopened(buyer)
    settlement.expire(order.id)
    return order.id


def test_every_admin_is_told():
    given.person(CHARLIE, "Charlie")
    users.make_admin(CHARLIE, admin=True)

    with settings.override(admin_ids="2, 1"), atomic():
        notices.to_admins("order_new", order_id=7)

    assert given.told("order_new") == [ALICE, BOB, CHARLIE]


def test_admins_who_blocked_the_bot_are_not_told():
    given.person(BOB, "Bob")
    users.mark_unreachable(BOB)

    with atomic():
        notices.to_admins("order_new", order_id=7)

    assert given.told("order_new") == []


def test_an_alarm_stands_for_those_that_follow_it(clock):
    with atomic():
        assert [notices.alarm("goods_locked"), notices.alarm("goods_locked")] == [True, False]
    clock.tick(notices.QUIET + timedelta(seconds=1))
    with atomic():
        assert notices.alarm("goods_locked")

    assert given.told("goods_locked") == [BOB, BOB]


def test_alarms_of_other_kinds_are_not_held_back():
    with atomic():
        told = [notices.alarm("goods_locked"), notices.alarm("other"), notices.alarm("other", "TRX1")]

    assert told == [True, True, True]


def test_expired_orders_are_reported_together_and_once(clock):
    ids = [expired(buyer) for buyer in (ALICE, CHARLIE)]
    clock.tick(60)

    assert report() == [(BOB, {"order_ids": ids, "count": 2})]
    assert report() == []


def test_the_next_report_holds_only_what_is_new(clock):
    expired(ALICE)
    clock.tick(60)
    report()
    order_id = expired(CHARLIE)
    clock.tick(60)

    assert report() == [(BOB, {"order_ids": [order_id], "count": 1})]


def test_an_order_whose_expiry_may_still_be_uncommitted_waits_for_the_next_report(clock):
    clock.tick(60)
    report()
    order_id = expired(ALICE)

    assert report() == []
    clock.tick(60)
    assert report() == [(BOB, {"order_ids": [order_id], "count": 1})]


def test_a_long_report_lists_some_and_counts_all(clock):
    for buyer in range(10, 35):
        expired(buyer)
    clock.tick(60)

    ((_, data),) = report()

    assert (len(data["order_ids"]), data["count"]) == (20, 25)


def test_canceled_orders_are_not_reported(clock):
    order = given.unopened()
    settlement.cancel(order.id, ALICE)
    clock.tick(60)

    assert report() == []

"""When the gateway is asked again: looks for a lost webhook, and the watch after an unsure end."""

from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time

from app.sales import payments, settlement
from models import Payment, db
from tests.support import given
from tests.support.given import ALICE
from tests.support.racing import together

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with freeze_time(NOON) as frozen:
        yield frozen


def looks(clock, until: timedelta) -> list[float]:
    """Seconds after noon at which the gateway is asked, if the clock looks at every planned moment."""
    asked = []
    while (due := Payment.get().next_check_at) and due <= NOON + until:
        clock.move_to(due)
        asked += [(due - NOON).total_seconds() for _ in payments.claim_due()]
    return asked


def test_unpaid_orders_are_asked_about_soon_and_then_every_minute(clock):
    given.order()

    assert looks(clock, timedelta(minutes=5)) == [15, 30, 60, 120, 180, 240, 300]


def test_a_late_clock_does_not_ask_twice_at_once(clock):
    order = given.order()
    clock.move_to(NOON + timedelta(seconds=50))

    assert payments.claim_due() == [order.id]
    assert payments.claim_due() == []


def test_nothing_is_due_before_its_time(clock):
    given.order()
    clock.move_to(NOON + timedelta(seconds=14))

    assert payments.claim_due() == []


def test_an_ended_order_is_watched_for_two_days(clock):
    order = given.order()
    settlement.expire(order.id)

    minutes = [seconds / 60 for seconds in looks(clock, timedelta(days=7))]

    assert minutes[:4] == [1, 5, 15, 60]
    assert [minute / 60 for minute in minutes[4:]] == [7, 13, 19, 25, 31, 37, 43, 48]


def test_what_the_gateway_calls_canceled_is_looked_at_twice_more(clock):
    order = given.order()
    settlement.settle(order.id, given.status(order, "canceled"))

    minutes = [seconds / 60 for seconds in looks(clock, timedelta(days=7))]

    assert minutes == [10, 24 * 60]
    assert given.payment(order).state == Payment.CANCELED


def test_an_announcement_of_what_is_canceled_is_one_look_more(clock):
    order = given.order()
    settlement.settle(order.id, given.status(order, "canceled"))

    payments.check_soon(order.id)

    assert looks(clock, timedelta(days=7)) == [8, 600, 24 * 3600]


def test_an_announcement_of_what_is_not_paid_yet_begins_the_looks_anew(clock):
    order = given.order()
    looks(clock, timedelta(minutes=10))

    payments.check_soon(order.id)

    assert looks(clock, timedelta(minutes=12)) == [608, 613, 618, 678]


def test_an_extra_look_does_not_shift_the_others(clock):
    order = given.order()
    settlement.expire(order.id)
    payments.note_cancel_asked(order.id)

    seconds = looks(clock, timedelta(hours=1))

    assert seconds == [8, 60, 300, 900, 3600]


def test_a_gateway_that_never_does_what_it_is_asked_is_not_asked_about_it_all_the_time(clock):
    order = given.order()
    settlement.expire(order.id)
    asked = []
    while (due := given.payment(order).next_check_at) <= NOON + timedelta(days=1):
        clock.move_to(due)
        asked += payments.claim_due()
        payments.note_cancel_asked(order.id)

    assert len(asked) < 20


def test_a_late_announcement_begins_the_watch_anew(clock):
    order = given.order()
    settlement.expire(order.id)
    looks(clock, timedelta(hours=48))
    clock.move_to(NOON + timedelta(hours=50))

    payments.check_soon(order.id)

    hours = [seconds / 3600 - 50 for seconds in looks(clock, timedelta(hours=52))]
    assert [round(hour * 60, 1) for hour in hours] == [0.1, 1, 5, 15, 60]
    assert given.payment(order).state == Payment.OPEN


def test_an_announcement_is_of_one_payment_and_not_of_what_is_settled(clock):
    ended, other, paid = given.order(), given.order(given.CHARLIE), given.order(given.RINA)
    for order in (ended, other):
        settlement.expire(order.id)
    settlement.settle(paid.id, given.status(paid))
    clock.tick(timedelta(hours=48))
    payments.claim_due()

    payments.check_soon(ended.id)
    payments.check_soon(paid.id)

    assert [given.payment(order).state for order in (ended, other)] == [Payment.OPEN, Payment.LAPSED]
    assert [given.payment(order).next_check_at for order in (other, paid)] == [None, None]


def test_the_admins_are_told_when_a_watch_ends_without_an_answer(clock):
    order = given.order()
    settlement.expire(order.id)

    looks(clock, timedelta(hours=49))

    lapsed = [args for args in given.promised("send_notice") if args[1] == "payment_lapsed"]
    assert lapsed == [[given.BOB, "payment_lapsed", {"order_id": order.id}]]
    assert given.payment(order).state == Payment.LAPSED


def test_the_watch_ends_with_one_last_look(clock):
    order = given.order()
    settlement.expire(order.id)
    clock.move_to(NOON + timedelta(hours=48))

    assert payments.claim_due() == [order.id]
    payment = given.payment(order)
    assert (payment.state, payment.next_check_at) == (Payment.LAPSED, None)
    assert len(given.audited("payment.lapsed")) == 1


def test_a_payment_found_by_the_last_look_still_counts(clock):
    order = given.order()
    settlement.expire(order.id)
    clock.move_to(NOON + timedelta(hours=48))
    payments.claim_due()

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_PAID


def test_what_the_last_look_finds_canceled_is_looked_at_twice_more(clock):
    order = given.order()
    settlement.expire(order.id)
    looks(clock, timedelta(hours=48))

    settlement.settle(order.id, given.status(order, "canceled"))

    assert [seconds / 60 - 48 * 60 for seconds in looks(clock, timedelta(days=7))] == [10, 24 * 60]


def test_settled_and_canceled_payments_are_left_alone_for_now(clock):
    paid = given.order()
    settlement.settle(paid.id, given.status(paid))
    gone = given.order(given.CHARLIE)
    settlement.settle(gone.id, given.status(gone, "canceled"))

    assert looks(clock, timedelta(minutes=9)) == []


def test_the_most_overdue_come_first_and_only_so_many(clock):
    late = given.order()
    clock.move_to(NOON + timedelta(seconds=1))
    later = given.order(given.CHARLIE)
    clock.move_to(NOON + timedelta(minutes=1))

    assert [payments.claim_due(limit=1), payments.claim_due(limit=1)] == [[late.id], [later.id]]


def test_an_order_canceled_while_its_qr_was_made_is_watched(clock):
    order = given.unopened()
    settlement.cancel(order.id, ALICE)
    settlement.note_opened(order.id, given.answer(order))

    assert looks(clock, timedelta(minutes=5)) == [60, 300]


def test_two_sweeps_never_look_at_one_payment(clock):
    given.order()
    clock.tick(timedelta(seconds=15))

    with db.atomic():
        mine = payments.claim_due()
        (theirs,) = together(payments.claim_due)

    assert (len(mine), theirs) == (1, [])

"""Figures of the shop, by the days of its own clock."""

from __future__ import annotations

from datetime import UTC, datetime

import freezegun
import pytest

from app.backoffice import stats
from app.sales import settlement
from tests.support import broken, claimed, given

#: Ten past midnight in Jakarta, still the day before in London.
NOW = datetime(2026, 3, 1, 17, 10, tzinfo=UTC)


@pytest.fixture
def clock(database, valkey):
    with freezegun.freeze_time(NOW) as frozen:
        yield frozen


def today():
    return stats.figures()[0]


def test_money_counts_when_it_is_paid(clock):
    broken.paid(price=25_000)
    given.order(given.CHARLIE)

    assert (today().orders, today().items, today().revenue, today().buyers) == (2, 1, 25_000, 1)


def test_the_day_begins_at_midnight_in_jakarta(clock):
    clock.move_to(NOW.replace(hour=16, minute=59))
    broken.paid()
    clock.move_to(NOW)

    day, week, month = stats.figures()

    assert (day.orders, week.orders, month.orders) == (0, 1, 1)


def test_success_is_the_share_of_decided_qr_codes_that_were_paid(clock):
    broken.paid(given.ALICE)
    settlement.expire(given.order(given.CHARLIE).id)
    given.order(given.RINA)

    assert (today().qr_decided, today().qr_paid, today().success) == (2, 1, 0.5)


def test_credited_money_is_not_revenue(clock):
    settlement.settle((order := given.order()).id, given.status(order))
    settlement.credit(order.id)

    assert today().revenue == 0


def test_new_people_are_counted(clock):
    given.person(given.ALICE)
    given.person(given.CHARLIE)

    assert today().new_users == 2


def test_claims_are_counted(clock):
    claimed.opened()

    assert today().claims == 1


def test_figures_come_as_a_table_or_as_json(ops):
    broken.paid(price=25_000)

    assert "Rp25.000" in ops("stats").out
    assert [row["revenue"] for row in ops("stats", "--json").json] == [25_000] * 3

"""When the calls to others go wrong, by what every process has counted."""

import orjson
import pytest

from app.backoffice.alerts import calls
from app.infra import transactions
from app.infra.metrics import ledger, reporter
from app.infra.queue import dead, outbox
from models import Outbox, utcnow


@pytest.fixture
def counted(valkey, database):
    """Call it with (good, bad) of each of the last minutes, the oldest first; all before were quiet."""
    this = valkey.time()[0] // 60

    def count(*minutes, api="pakasir"):
        valkey.hset(reporter.key("totals"), reporter.SINCE, (this - 60) * 60)
        for minute in range(this - 30, this + 1):
            valkey.hset(reporter.key("minute", str(minute)), reporter.BEAT, 1)
        for at, (good, bad) in enumerate(minutes, this - len(minutes) + 1):
            for outcome, number in (("ok", good), ("silent", bad)):
                field = ledger.field(calls.CALLS, api, outcome, "0.5")
                valkey.hset(reporter.key("minute", str(at)), field, number)

    return count


def test_the_fields_are_those_that_are_counted():
    assert orjson.loads(ledger.field("a", "b")) == ["a", "b"]


@pytest.mark.parametrize(
    "minutes",
    [
        [],
        [(0, 1)],
        [(0, 1), (0, 1)],
        [(0, 40)],
        [(0, 1), (0, 0), (0, 40)],
        [(100, 1)] * 5,
        [(0, 5), (0, 5), (0, 5), (9, 0), (9, 0)],
    ],
)
def test_few_failures_and_those_that_are_over_say_nothing(counted, minutes):
    counted(*minutes)

    assert not calls.pakasir().fires


@pytest.mark.parametrize("minutes", [[(9, 1)] * 5, [(0, 1)] * 3, [(10, 2), (0, 0), (10, 2), (10, 2), (5, 0)]])
def test_more_than_five_percent_that_go_on_fire(counted, minutes):
    counted(*minutes)

    assert calls.pakasir().fires


@pytest.mark.parametrize(
    ("minutes", "clears"),
    [
        ([(5, 0)], True),
        ([(4, 0)], False),
        ([(5, 1), (5, 0), (5, 0), (5, 0), (5, 0)], True),
        ([(5, 2), (5, 0), (5, 0), (5, 0), (5, 0)], False),
        ([(50, 0), (50, 1), (50, 0), (50, 0), (50, 0)], False),
    ],
)
def test_it_ends_after_quiet_minutes_with_good_calls(counted, minutes, clears):
    counted(*minutes)

    assert calls.pakasir().clears is clears


def test_one_api_says_nothing_of_the_other(counted):
    counted(*[(0, 9)] * 5, api="telegram")

    assert (calls.pakasir().fires, calls.telegram().fires) == (False, True)


def test_lost_counts_say_nothing(counted, valkey):
    counted(*[(0, 9)] * 5)
    valkey.flushall()

    assert calls.pakasir() is calls.telegram() is calls.messages() is None


def test_it_costs_what_failed_since_then(counted):
    counted(*[(1, 2)] * 4)

    assert calls.failed_pakasir(utcnow()) == 8


def late(number, actor="send_notice", queue=None):
    with transactions.atomic():
        for _ in range(number):
            outbox.add(actor, 1, queue=queue)
    Outbox.update(created_at=utcnow() - calls.LATE * 2).execute()


@pytest.mark.parametrize(
    ("good", "number", "fires"), [(0, 2, False), (0, 3, True), (57, 3, False), (56, 3, True)]
)
def test_messages_that_do_not_arrive_fire(counted, good, number, fires):
    counted((good, 0), api="telegram")
    late(number)

    assert calls.messages().fires is fires


def test_a_message_that_was_given_up_counts(counted):
    counted(api="telegram")
    late(2)
    dead.record("a", "send_qr", "money", [1], ValueError("no"))

    assert calls.messages().facts == {"bad": 3, "of": 3}


def test_messages_to_many_may_take_long(counted):
    counted(api="telegram")
    late(9, queue="bulk")

    assert calls.messages().clears

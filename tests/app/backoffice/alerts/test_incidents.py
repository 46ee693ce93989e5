"""What becomes of readings: incidents, their messages, and silence."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

import settings
from app.backoffice.alerts import incidents
from app.backoffice.alerts.reading import Reading, Rule
from app.people import users
from models import Alert, Outbox
from tests.support import given
from tests.support.given import BOB, CHARLIE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(database, valkey):
    with freeze_time("2026-11-23 03:00") as frozen:  # ten in the morning in Jakarta
        yield frozen


def rule(**more):
    return Rule("payments", lambda: None, **more)


def judge(word, watched=None, **facts):
    """A reading arrives; who is to be told after it."""
    Outbox.delete().execute()
    incidents.judge(watched or rule(), Reading(word == "bad", word == "good", facts))
    return [chat for chat, _ in given.promised("tell_alert")]


def sent(message_id=7):
    """What was promised has been sent."""
    incidents.told(incidents.get("payments"), BOB, message_id)


def state():
    return incidents.get("payments").state


def test_an_incident_is_told_to_all_who_run_the_shop(clock):
    given.person(CHARLIE, "Charlie")
    users.make_admin(CHARLIE, admin=True)

    assert judge("bad") == [BOB, CHARLIE]
    assert incidents.get("payments").messages == {str(BOB): 0, str(CHARLIE): 0}


def test_what_fires_while_nobody_runs_the_shop_is_told_once_somebody_does(clock):
    with settings.override(admin_ids=""):
        assert judge("bad") == []

    assert judge("bad") == [BOB]
    assert judge("bad") == []


def test_what_is_neither_good_nor_bad_changes_nothing(clock):
    assert judge("between") == []
    judge("bad")

    assert judge("between", n=2) == []
    assert state() == Alert.FIRING


def test_an_incident_that_goes_on_is_told_again_only_as_it_develops(clock):
    judge("bad", n=1)
    sent()

    assert judge("bad", n=2) == []
    clock.tick(MINUTE)
    assert judge("bad", n=3) == [BOB]
    clock.tick(MINUTE)
    assert judge("bad", n=3) == []
    assert incidents.get("payments").messages == {str(BOB): 7}


def test_the_end_is_told_where_the_beginning_was(clock):
    judge("bad")
    sent()
    clock.tick(12 * MINUTE)

    assert judge("good") == [BOB]
    assert incidents.get("payments").facts["lasted_s"] == 720
    assert judge("good") == []


def test_an_end_says_what_it_cost(clock):
    costly = rule(cost=lambda since: 41)
    judge("bad", costly)
    judge("good", costly)

    assert incidents.get("payments").facts["cost"] == 41


def test_a_rule_may_want_to_be_sure(clock):
    sure = rule(fire_after=MINUTE, clear_after=2 * MINUTE)
    assert judge("bad", sure) == []
    clock.tick(MINUTE)
    assert judge("bad", sure) == [BOB]

    assert judge("good", sure) == []
    clock.tick(MINUTE)
    judge("between", sure)
    clock.tick(MINUTE)
    assert judge("good", sure) == []
    clock.tick(2 * MINUTE)
    assert judge("good", sure) == [BOB]


def flap(clock):
    for word in ("bad", "good", "bad"):
        clock.tick(5 * MINUTE)
        told = judge(word)
        sent()
    return told


def test_a_third_change_in_two_hours_is_told_as_unsteady(clock):
    assert flap(clock) == [BOB]
    assert state() == Alert.UNSTEADY


def test_what_is_unsteady_is_told_once(clock):
    flap(clock)
    told = []
    for word in ("good", "bad") * 5:
        clock.tick(5 * MINUTE)
        told += judge(word)

    assert told == []
    clock.tick(MINUTE)
    assert judge("good") == []
    clock.tick(timedelta(minutes=30))
    assert judge("good") == [BOB]
    assert state() == Alert.CLEAR


def test_what_stays_bad_is_an_incident_after_all(clock):
    flap(clock)
    clock.tick(timedelta(minutes=31))

    assert judge("bad") == [BOB]
    assert state() == Alert.FIRING
    assert incidents.get("payments").messages == {str(BOB): 7}


def test_changes_of_long_ago_are_no_flapping(clock):
    for word in ("bad", "good", "bad", "good", "bad"):
        clock.tick(timedelta(hours=1, minutes=1))
        judge(word)

    assert state() == Alert.FIRING


def test_a_muted_rule_says_nothing_new_for_an_hour_and_no_longer(clock):
    incidents.mute("payments")
    assert judge("bad") == []
    clock.tick(timedelta(minutes=59))
    assert judge("bad") == []

    clock.tick(2 * MINUTE)
    assert judge("bad") == [BOB]
    assert given.audited("alert.muted") == [{"until": "2026-11-23T04:00:00+00:00"}]


def test_what_began_and_ended_muted_is_never_told(clock):
    incidents.mute("payments")

    assert [judge("bad"), judge("good")] == [[], []]


def test_a_second_judge_of_the_same_row_changes_nothing(clock):
    row = incidents._row("payments")
    judge("bad")

    assert incidents._move(row, {"state": Alert.CLEAR}) is None
    assert state() == Alert.FIRING


def test_news_get_a_message_of_their_own(clock):
    grows = rule(is_news=lambda rung, now: now["n"] > rung["n"])
    judge("bad", grows, n=1)
    sent()

    assert judge("bad", grows, n=2) == [BOB]
    assert incidents.get("payments").messages == {str(BOB): 0}
    assert judge("bad", grows, n=2) == []


def test_an_incident_before_the_last_one_was_called_off_in_a_chat_goes_on_in_its_message(clock):
    judge("bad")
    sent()
    judge("good")

    judge("bad")

    assert incidents.get("payments").messages == {str(BOB): 7}


@pytest.mark.parametrize(
    ("at", "rings", "silent"),
    [
        ("14:59", False, False),
        ("15:00", False, True),
        ("23:59", False, True),
        ("00:00", False, False),
        ("15:00", True, False),
    ],
)
def test_nights_are_quiet_but_for_money_and_workers(at, rings, silent):
    with freeze_time(f"2026-11-23 {at}"):  # in UTC
        assert incidents.is_silent(rule(rings=rings), incidents.utcnow()) is silent

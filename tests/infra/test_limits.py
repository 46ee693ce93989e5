"""Rates and quotas on a real Valkey, whose clock no test can turn: the waits are what is asserted."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest
import redis

import settings
from app.infra import limits, redis_client
from app.infra.limits import Rate, Verdict
from tests.support.racing import together

SLOW = Rate("slow", count=1, period_s=100.0)
BURST = Rate("burst", count=1, period_s=100.0, burst=5)


@pytest.fixture(autouse=True)
def _empty(valkey):
    pass


def test_a_second_call_is_told_how_long_to_wait():
    assert limits.take(SLOW) == 0.0
    assert 99.0 < limits.take(SLOW) <= 100.0


def test_being_refused_does_not_make_the_wait_longer():
    waits = [limits.take(SLOW) for _ in range(10)]

    assert max(waits) <= 100.0


def test_those_who_wait_in_line_are_told_moments_of_their_own():
    line = Rate("line", count=1, period_s=10.0, line=True)
    limits.take(line)

    waits = [limits.take(line) for _ in range(4)]

    assert [round(wait) for wait in waits] == [10, 20, 30, 40]


def test_nobody_is_sent_further_back_than_the_longest_line():
    line = Rate("line", count=1, period_s=25.0, line=True)

    waits = [limits.take(line) for _ in range(6)]

    assert max(waits) <= line.longest_line_s


def test_whom_two_rates_refuse_holds_up_nobody_at_the_shorter_line():
    chat = Rate("chat", count=1, line=True)
    everybody = Rate("everybody", count=25, line=True)
    for _ in range(20):
        limits.take(everybody, chat)

    assert limits.take(everybody) < 0.2


def test_a_line_at_one_key_does_not_hold_up_another():
    line = Rate("line", count=1, period_s=10.0, line=True)
    everybody = Rate("everybody", count=1000, burst=1000, line=True)
    for _ in range(3):
        limits.take(everybody, line)

    assert limits.take(everybody) == 0.0


def test_a_burst_may_come_at_once():
    granted = [limits.take(BURST) for _ in range(7)]

    assert granted[:5] == [0.0] * 5
    assert all(99.0 < wait <= 100.0 for wait in granted[5:])


def test_the_interval_is_the_period_divided_by_the_count():
    limits.take(Rate("thirty", count=30))

    assert 0.0 < limits.take(Rate("thirty", count=30)) <= 0.034


def test_room_comes_back_by_itself():
    quick = Rate("quick", count=1000)
    granted = [limits.take(quick) == 0.0 for _ in range(200)]

    assert sum(granted) > 1


def test_keys_do_not_disturb_each_other():
    limits.take(SLOW)

    assert limits.take(Rate("other", count=1, period_s=100.0)) == 0.0


def test_several_rates_grant_all_or_none():
    limits.take(SLOW)

    assert limits.take(BURST, SLOW) > 99.0
    assert [limits.take(BURST) for _ in range(5)] == [0.0] * 5


def test_of_several_waits_the_longest_is_told():
    short = Rate("short", count=1, period_s=10.0)
    limits.take(short, SLOW)

    assert limits.take(short, SLOW) > 99.0


def test_a_pause_stops_a_key_that_has_room():
    limits.pause("burst", 50.0)

    assert 49.0 < limits.take(BURST) <= 50.0
    assert limits.take(SLOW) == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one():
    limits.pause("burst", 50.0)
    limits.pause("burst", 1.0)

    assert limits.take(BURST) > 49.0


def test_a_longer_pause_replaces_a_shorter_one():
    limits.pause("burst", 1.0)
    limits.pause("burst", 50.0)

    assert limits.take(BURST) > 49.0


def test_a_redis_that_forgot_the_scripts_is_taught_them_again(valkey):
    limits.take(SLOW)
    valkey.script_flush()

    assert limits.take(BURST) == 0.0


def test_an_idle_key_disappears(valkey):
    limits.take(SLOW)

    assert 99_000 < valkey.pttl(redis_client.key("limit", "slow")) <= 100_000


def test_a_redis_out_of_reach_is_the_callers_affair():
    with settings.override(redis_url="redis://127.0.0.1:1/0"), pytest.raises(redis.ConnectionError):
        limits.take(SLOW)


def test_workers_that_ask_at_once_share_one_limit():
    granted = together(*[lambda: limits.take(BURST) == 0.0] * 20, connected=False)

    assert granted.count(True) == 5


@pytest.mark.parametrize(("kind", "most"), [("actions", 30), ("checkout", 5), ("status", 5)])
def test_a_person_is_refused_politely_once_and_then_silently(kind, most):
    verdicts = [limits.count(kind, who=1) for _ in range(most + 3)]

    assert verdicts[:most] == [Verdict.ALLOWED] * most
    assert verdicts[most:] == [Verdict.FIRST_REFUSAL, Verdict.REFUSED, Verdict.REFUSED]


def test_a_person_is_not_refused_for_somebody_else():
    for _ in range(6):
        limits.count("checkout", who=1)

    assert limits.count("checkout", who=2) is Verdict.ALLOWED
    assert limits.count("status", who=1) is Verdict.ALLOWED


def test_a_quota_opens_again_a_minute_after_its_first_action(valkey):
    for _ in range(10):
        limits.count("checkout", who=1)

    assert 59_000 < valkey.pttl(redis_client.key("limit", "user:checkout:1")) <= 60_000


CREATE = Rate("write", count=2, line=True)
CANCEL = Rate("write", count=2, line=True, lane=":cancel", yields_to=("write", "write:again"))
AGAIN = Rate("write", count=2, line=True, lane=":again", yields_to=("write",), yet_every_s=50.0)


def test_who_yields_is_served_when_nobody_else_waits(valkey):
    assert limits.take(CANCEL) == 0.0


def test_who_yields_waits_until_the_last_of_the_others_was_served(valkey):
    limits.take(CREATE)
    last = max(limits.take(CREATE) for _ in range(10))

    assert limits.take(CANCEL) > last


def test_others_do_not_wait_for_those_who_yield(valkey):
    limits.take(CREATE)
    for _ in range(10):
        limits.take(CANCEL)

    assert limits.take(CREATE) <= 0.5


def test_those_who_yield_come_back_one_by_one(valkey):
    for _ in range(3):
        limits.take(CREATE)

    waits = [limits.take(CANCEL) for _ in range(4)]

    assert [round(later - sooner, 1) for sooner, later in pairwise(waits)] == [0.5] * 3


def test_who_yields_is_served_after_the_others(valkey):
    limits.take(CREATE)
    limits.take(CREATE)
    for key in valkey.keys(redis_client.key("limit", "write*")):
        valkey.delete(key)

    assert limits.take(CANCEL) == 0.0


def test_who_yields_waits_in_front_of_those_who_yield_to_both(valkey):
    limits.take(AGAIN)
    last = max(limits.take(AGAIN) for _ in range(5))

    assert limits.take(CANCEL) > last
    assert limits.take(CREATE) <= 0.5


def test_one_of_those_who_yield_finds_room_although_others_wait(valkey):
    """The line of the others never ends, and room comes back: as if time had passed."""
    limits.take(CREATE)
    limits.take(replace(CREATE, longest_line_s=1_000.0, count=1, period_s=100.0))
    valkey.delete(redis_client.key("limit", "write"))

    assert limits.take(AGAIN) == 0.0
    valkey.delete(redis_client.key("limit", "write"))
    assert limits.take(AGAIN) > 90.0
    assert limits.take(CREATE) == 0.0


A_DAY_MS = 86_400_000


def test_when_the_clock_of_redis_is_set_back_calls_do_not_wait_until_it_is_there_again(valkey):
    valkey.set(redis_client.key("limit", "burst"), int(time.time() + 86_400) * 1_000_000, px=A_DAY_MS)

    assert limits.take(BURST) <= 700.0


def test_a_pause_is_no_longer_than_it_was_asked_for_whatever_the_clock_of_redis_does(valkey):
    limits.pause("burst", 5.0)
    valkey.pexpire(redis_client.key("limit", "burst", "pause"), A_DAY_MS)

    assert 4.0 < limits.take(BURST) <= 5.0
    assert valkey.pttl(redis_client.key("limit", "burst", "pause")) <= 5000


def test_a_line_of_others_is_no_longer_than_it_can_be(valkey):
    limits.take(CREATE)
    limits.take(CREATE)
    valkey.pexpire(redis_client.key("limit", "write", "line"), A_DAY_MS)

    assert limits.take(CANCEL) <= 400.0


def test_a_quota_opens_again_whatever_the_clock_of_redis_does(valkey):
    limits.count("actions", who=1)
    valkey.pexpire(redis_client.key("limit", "user:actions:1"), A_DAY_MS)

    limits.count("actions", who=1)

    assert valkey.pttl(redis_client.key("limit", "user:actions:1")) <= 60_000


def test_limits_work_while_redis_is_full(valkey):
    valkey.config_set("maxmemory", 1)
    try:
        assert limits.take(SLOW) == 0.0
        assert limits.count("actions", who=1) is Verdict.ALLOWED
        limits.pause("burst", 50.0)
        assert limits.take(BURST) > 49.0
    finally:
        valkey.config_set("maxmemory", 0)

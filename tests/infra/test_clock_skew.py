"""Whose clock counts: that of Redis, whatever the machines say."""

from __future__ import annotations

import time

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from app.infra.clock_skew import MEASURED_EVERY_S, Skew, Steps


class Elsewhere:
    """Redis on a machine whose clock is `ahead_s` of ours."""

    def __init__(self, ahead_s: float) -> None:
        self.ahead_s, self.asked = ahead_s, 0

    def time(self) -> tuple[int, int]:
        self.asked += 1
        now_s = time.time() + self.ahead_s
        return int(now_s), int(now_s % 1 * 1e6)


@pytest.mark.parametrize("ahead_s", [-3600, -120, 0, 120, 3600])
def test_a_moment_here_becomes_one_of_redis(ahead_s):
    assert Skew(Elsewhere(ahead_s).time).ms() == pytest.approx(ahead_s * 1000, abs=50)


def test_redis_is_asked_now_and_then():
    redis = Elsewhere(5)
    skew = Skew(redis.time)

    assert [skew.ms() for _ in range(100)] == [skew.ms()] * 100
    assert redis.asked == 1
    assert MEASURED_EVERY_S < 120


@pytest.mark.parametrize("by_s", [-3600.0, -1.0, 1.0, 3600.0])
def test_a_clock_that_is_set_is_noticed_once(by_s):
    seen = iter([0.0, by_s, by_s])
    steps = Steps(lambda: time.time() + next(seen))

    assert steps.look() == pytest.approx(by_s, abs=0.1)
    assert steps.look() == 0


def test_what_was_measured_once_is_not_believed_when_redis_is_away():
    def away():
        raise RedisConnectionError

    with pytest.raises(RedisConnectionError):
        Skew(away).ms()

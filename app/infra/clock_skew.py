"""How far this machine's clock is from that of Redis, by which everybody judges ages and due times: machines
disagree, and their clocks are set."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

import redis

#: Clocks drift slowly; a step is noticed at once.
MEASURED_EVERY_S = 30.0
STEP_S = 0.5


class Steps:
    """Notices when somebody sets the clock of this machine, `wall`."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._ahead_s = wall() - time.monotonic()

    def look(self) -> float:
        """By how many seconds it was set since the last look; 0 when it was not."""
        before_s, self._ahead_s = self._ahead_s, self._wall() - time.monotonic()
        step_s = self._ahead_s - before_s
        return step_s if abs(step_s) > STEP_S else 0.0


class Skew:
    """`ask` is `redis.Redis.time`. Thread-safe."""

    def __init__(self, ask: Callable[[], tuple[int, int]]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._steps = Steps()
        self._measured_s: float | None = None
        self._ms = 0

    def ms(self) -> int:
        """To be added to a moment of this machine to get that of Redis. May raise redis errors."""
        with self._lock:
            stepped = self._steps.look()
            if stepped or self._measured_s is None or time.monotonic() - self._measured_s > MEASURED_EVERY_S:
                self._measured_s = None  # also when the question fails
                self._ms = self._measure_ms()
                self._measured_s = time.monotonic()
            return self._ms

    def _measure_ms(self) -> int:
        asked_s = time.time()
        seconds, microseconds = self._ask()
        here_s = (asked_s + time.time()) / 2
        return round((seconds + microseconds / 1e6 - here_s) * 1000)


@lru_cache(maxsize=4)
def _skew(client: redis.Redis) -> Skew:
    return Skew(client.time)


def redis_ms(client: redis.Redis, at: datetime) -> int:
    """A moment of this machine by the clock of Redis, in ms since 1970. May raise redis errors."""
    return int(at.timestamp() * 1000) + _skew(client).ms()

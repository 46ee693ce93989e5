"""The `clock` process: `python -m workers.clock`. Only sends sweeps; what is due is found by the workers."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import redis
import structlog
from apscheduler.schedulers.background import BackgroundScheduler

import settings
from app.infra import leader, logs, redis_client, wire

log = structlog.get_logger()

#: Actor and seconds between two runs.
SWEEPS = {
    "sweep_outbox": 2,
    "expire_orders": 5,
    "check_payments": 5,
    "report_expired": 60,
    "prune": 3600,
}
#: A sweep that waited longer than this is not worth running: the next one is there already.
MAX_AGE_MS = 30_000
#: So many unfinished runs of one sweep at most, whatever happens to the workers. More than one, so that one
#: that is stuck in a dead worker holds up nothing.
SLOTS = 4

HEARTBEAT_KEY = "quickcart:heartbeat:clock"
HEARTBEAT_EVERY_S, HEARTBEAT_EXPIRES_S = 5, 15
COMPLAIN_EVERY_S = 60.0


class Clock:
    """What the scheduler calls. Redis being away is no reason to stop: sweeps look for all that is due."""

    def __init__(self, queue: redis.Redis) -> None:
        self._queue = queue
        self._runs = {actor: itertools.count() for actor in SWEEPS}
        self._complained_at = -COMPLAIN_EVERY_S

    def send(self, actor: str) -> None:
        slot = next(self._runs[actor]) % SLOTS
        message = wire.message(
            actor, [], queue=wire.BULK, message_id=f"clock-{actor}-{slot}", options={"max_age": MAX_AGE_MS}
        )
        self._try(lambda: wire.send(self._queue, [(message, 0)]))

    def beat(self) -> None:
        self._try(lambda: self._queue.set(HEARTBEAT_KEY, int(time.time()), ex=HEARTBEAT_EXPIRES_S))

    def _try(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except redis.RedisError as error:
            self._complain(error)

    def _complain(self, error: redis.RedisError) -> None:
        """Once a minute, not twice a second."""
        if time.monotonic() - self._complained_at >= COMPLAIN_EVERY_S:
            self._complained_at = time.monotonic()
            log.error("the clock cannot reach the queue", error=type(error).__name__)


def schedule(clock: Clock) -> BackgroundScheduler:
    """Every sweep, from now on; a late run is still a run."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": 3600, "coalesce": True, "max_instances": 1}
    )
    for actor, seconds in SWEEPS.items():
        scheduler.add_job(clock.send, "interval", [actor], seconds=seconds)
    scheduler.add_job(clock.beat, "interval", seconds=HEARTBEAT_EVERY_S)
    return scheduler


def work(stop: threading.Event) -> int:
    with redis_client.connect(timeout_s=2.0) as queue:
        clock = Clock(queue)
        clock.beat()
        scheduler = schedule(clock)
        scheduler.start()
        stop.wait()
        scheduler.shutdown()
    return 0


def main() -> int:
    try:
        logs.setup("clock")
    except settings.SettingsError as error:
        sys.exit(str(error))
    return leader.lead("clock", work)


if __name__ == "__main__":
    sys.exit(main())

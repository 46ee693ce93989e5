"""The `clock` process: `python -m workers.clock`. Only sends sweeps; what is due is found by the workers."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import redis
import structlog
from apscheduler.schedulers.background import BackgroundScheduler

import models
import settings
from app.infra import leader, logs, redis_client, startup
from app.infra.clock_skew import Steps
from app.infra.metrics import reporter
from app.infra.queue import wire
from app.infra.watchdog import Watchdog
from workers import schema, voice
from workers.voice import Voice

log = structlog.get_logger()

#: Actor and seconds between two runs.
SWEEPS = {
    "sweep_outbox": 2,
    "expire_orders": 5,
    "check_payments": 5,
    "ship_audit": 5,
    "measure": 15,
    "report_failures": 20,
    "evaluate_alerts": 15,
    "report_expired": 60,
    "check_locks": 60,
    "sweep_backups": 300,
    "sweep_audit": 300,
    "sweep_verify": 300,
    "prune": 3600,
}
HEARTBEAT_EVERY_S, HEARTBEAT_EXPIRES_S = 5, 15
COMPLAIN_EVERY_S = 60.0
LOOK_EVERY_S = 1.0
#: Without a beat for so long the process ends, and another leads.
STANDSTILL_S = 30.0


class Clock:
    """What the scheduler calls. Redis being away is no reason to stop: sweeps look for all that is due."""

    def __init__(self, queue: redis.Redis, watchdog: Watchdog) -> None:
        self._queue, self._watchdog = queue, watchdog
        self._complained_at = -COMPLAIN_EVERY_S

    def send(self, actor: str) -> None:
        """Unless its last run still waits or is under way: that one finds all that is due."""
        sweep = wire.message(actor, [], message_id=f"clock-{actor}")
        self._try(lambda: wire.send(self._queue, [(sweep, 0)]))

    def beat(self) -> None:
        """The scheduler is at work."""
        self._watchdog.expect("sweeps", STANDSTILL_S)
        key = redis_client.heartbeat_key("clock")
        self._try(lambda: self._queue.set(key, int(time.time()), ex=HEARTBEAT_EXPIRES_S))

    def _try(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except redis.RedisError as error:
            self._complain(error)

    def _complain(self, error: redis.RedisError) -> None:
        """Once a minute, not twice a second."""
        if time.monotonic() - self._complained_at >= COMPLAIN_EVERY_S:
            self._complained_at = time.monotonic()
            log.error("the clock cannot reach the queue", error=redis_client.said(error))


def schedule(clock: Clock) -> BackgroundScheduler:
    """Every sweep, from now on; a late run is still a run."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": 3600, "coalesce": True, "max_instances": 1}
    )
    now = models.utcnow()
    for actor, seconds in SWEEPS.items():
        scheduler.add_job(clock.send, "interval", [actor], seconds=seconds, next_run_time=now)
    scheduler.add_job(clock.beat, "interval", seconds=HEARTBEAT_EVERY_S)
    scheduler.add_job(Voice().look, "interval", seconds=voice.look_every_s(), next_run_time=now)
    scheduler.add_job(voice.ping, "interval", seconds=voice.PING_EVERY_S)
    return scheduler


def work(stop: threading.Event) -> int:
    models.connect(settings.current().database_url, max_connections=1, process="clock")
    with (
        redis_client.share(1) as queue,  # what it judges and what it sends take turns
        Watchdog() as watchdog,
        reporter.Thread(reporter.Reporter("clock"), queue),
    ):
        clock = Clock(queue, watchdog)
        clock.beat()
        scheduler = schedule(clock)
        scheduler.start()
        mind_the_wall_clock(scheduler, Steps(), stop)
        scheduler.shutdown()
    return 0


def mind_the_wall_clock(scheduler: BackgroundScheduler, steps: Steps, stop: threading.Event) -> None:
    """Until stopped. The scheduler sleeps until a time of day: set back, it would sleep through all of it."""
    while not stop.wait(LOOK_EVERY_S):
        if by_s := steps.look():
            log.warning("the clock of this machine was set", by_s=round(by_s, 1))
            for job in scheduler.get_jobs():
                job.modify(next_run_time=models.utcnow())


def main() -> int:
    try:
        logs.setup("clock")
    except settings.SettingsError as error:
        sys.exit(str(error))
    startup.keep_small()
    startup.announce()
    schema.exit_if_outdated()
    return leader.lead("clock", work)


if __name__ == "__main__":
    sys.exit(main())

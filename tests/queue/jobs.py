"""Jobs for worker processes that tests start, kill and stall: `dramatiq tests.queue.jobs`.

Time-outs are shortened, so that a test of them takes seconds.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import dramatiq
from dramatiq.middleware.threading import raise_thread_exception
from redis import Redis, RedisError

import models
import settings
from app.infra import logs
from app.infra.queue import broker
from app.infra.queue.retries import Later

logs.setup("worker")
models.connect(settings.current().database_url, max_connections=12)
broker.setup(heartbeat_timeout_ms=3000, timeout_s=1.5, drain_s=2.0, overtime_s=1.0)
redis = Redis.from_url(settings.current().redis_url, client_name="jobs")


@dramatiq.actor
def note(text: str) -> None:
    redis.rpush("results", text)


@dramatiq.actor
def wait_at_gate(name: str) -> None:
    """Says that it has begun, and ends when the gate is opened once for it."""
    redis.rpush("begun", f"{name} {os.getpid()}")
    while not redis.blpop(["gate"], timeout=1):
        pass
    redis.rpush("results", name)


@dramatiq.actor(min_backoff=200)
def fail_after_pipe(pipe: str, text: str) -> None:
    """Fails when told through the pipe, which works without Redis; runs through when the pipe is gone."""
    if Path(pipe).exists():
        with suppress(RedisError):
            redis.rpush("begun", text)
        with open(pipe, "rb", buffering=0) as orders:
            orders.read(1)
        raise RuntimeError("failed as told")
    redis.rpush("results", text)


@dramatiq.actor
def kill_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dramatiq.actor(time_limit=500)
def stay_in_a_system_call() -> None:
    """No exception reaches a thread that never comes back to Python."""
    if redis.set("stuck", 1, nx=True):
        time.sleep(3600)
    redis.rpush("results", "run elsewhere")


@dramatiq.actor
def kill_consumer() -> None:
    victim = next(thread for thread in threading.enumerate() if type(thread).__name__ == "ConsumerThread")
    raise_thread_exception(victim.ident, SystemExit)


@dramatiq.actor
def be_late_once(text: str) -> None:
    if redis.set("late", 1, nx=True):
        raise Later(100)
    redis.rpush("results", text)

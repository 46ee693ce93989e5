"""The life of a worker process: sized at start, watched while it runs, drained in time at the end."""

# ruff: noqa: ARG002 (hooks have the parameters that dramatiq passes)

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import Any

import redis
import structlog
from dramatiq.broker import MessageProxy
from dramatiq.middleware import Middleware
from dramatiq.worker import Worker

from app.infra import redis_client
from app.infra.metrics import reporter
from app.infra.queue.doorbell import Doorbell
from app.infra.queue.store import Store

log = structlog.get_logger()

HEARTBEAT_EXPIRES_S = 15
HEARTBEAT_EVERY_S = 5.0
LOOK_EVERY_S = 1.0

#: From SIGTERM to the end: up to 1 s until dramatiq notices, this, and up to 2 s to give jobs back.
DRAIN_S = 6.5
RELEASE_S = 1.0

#: A job gets an exception when its time is up; one that does not end by it is stuck where none arrives.
OVERTIME_S = 15.0


class Process(Middleware):
    """Watchdog, heartbeat and drain of the process. `limit_ms`: of a job that names no limit of its own."""

    def __init__(
        self, store: Store, bell: Doorbell, *, limit_ms: float, drain_s: float, overtime_s: float
    ) -> None:
        self._store, self._bell = store, bell
        self._drain_s, self._limit_ms, self._overtime_s = drain_s, limit_ms, overtime_s
        self._watchdog = store.watchdog
        self._stop = threading.Event()
        self._drain: threading.Timer | None = None
        self._busy: set[int] = set()
        self._reports: reporter.Thread | None = None

    def before_worker_boot(self, broker: Any, worker: Worker) -> None:
        _drain_at_any_number_of_sigterms()
        # As many jobs as threads: more would wait here while another process is idle.
        worker.queue_prefetch = worker.worker_threads
        self._store.stopping.clear()

    def after_worker_boot(self, broker: Any, worker: Worker) -> None:
        self._stop = threading.Event()
        watch = threading.Thread(target=self._watch, args=(worker, self._stop), daemon=True)
        watch.start()
        self._watchdog.start()
        load = reporter.Reporter("worker", lambda: (len(self._busy), worker.worker_threads))
        self._reports = reporter.Thread(load, self._store.client)
        self._reports.start()

    def before_process_message(self, broker: Any, message: MessageProxy) -> None:
        actor = broker.actors.get(message.actor_name)
        limit_ms = (actor and actor.options.get("time_limit")) or self._limit_ms
        thread = threading.get_ident()
        self._busy.add(thread)
        self._watchdog.expect(message.actor_name, limit_ms / 1000 + self._overtime_s, thread)

    def after_process_message(
        self,
        broker: Any,
        message: MessageProxy,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        self._watchdog.done(threading.get_ident())
        self._busy.discard(threading.get_ident())

    def before_worker_shutdown(self, broker: Any, worker: Worker) -> None:
        self._store.stopping.set()
        self._watchdog.stop()
        self._stop.set()
        self._drain = threading.Timer(self._drain_s, _give_way, args=(self._store, self._reports))
        self._drain.daemon = True
        self._drain.start()

    def after_worker_shutdown(self, broker: Any, worker: Worker) -> None:
        self._bell.close()
        if self._reports:
            self._reports.stop()
        if self._drain:
            self._drain.cancel()

    def _watch(self, worker: Worker, stop: threading.Event) -> None:
        beat_at_s = 0.0
        while not stop.wait(LOOK_EVERY_S if beat_at_s else 0):
            _exit_if_crippled(worker, stop)
            if time.monotonic() >= beat_at_s:
                _beat(self._store)
                beat_at_s = time.monotonic() + HEARTBEAT_EVERY_S


def _beat(store: Store) -> None:
    try:
        store.client.set(redis_client.heartbeat_key("worker"), os.getpid(), ex=HEARTBEAT_EXPIRES_S)
    except redis.RedisError as error:
        log.warning("heartbeat not sent", error=str(error))


def _exit_if_crippled(worker: Worker, stop: threading.Event) -> None:
    """A process that has lost a thread looks healthy and leaves jobs lying; the platform starts a new one."""
    threads = [*worker.consumers.values(), *worker.workers]
    lost = [thread.name for thread in threads if not thread.is_alive()]
    if lost and not stop.is_set():
        log.critical("worker threads died, exiting", threads=lost)
        os._exit(1)


def _give_way(store: Store, reports: reporter.Thread | None) -> None:
    """Jobs that would not end in time are given to other processes, and this one ends."""
    log.warning("drain took too long, giving jobs back")
    release = threading.Thread(target=store.release_all, daemon=True)
    release.start()
    if reports:
        reports.stop()
    release.join(RELEASE_S)
    os._exit(0)


def _drain_at_any_number_of_sigterms() -> None:
    """Some platforms signal master and children alike, and dramatiq takes a second signal as "die now". The
    first may have come before this, while the process booted."""
    drain = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(drain):
        return

    def once(signum: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        with suppress(SystemExit):
            drain(signum, frame)

    signal.signal(signal.SIGTERM, once)

"""Runs jobs in the test's own process, with dramatiq's real worker, and waits until none is left to do."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dramatiq.middleware import Middleware

from app.infra import redis_client
from app.infra.queue import lanes
from app.infra.queue.broker import QueueBroker
from app.infra.queue.store import End, Hand
from tests.support.prompt import PromptWorker

#: How often idle threads look by themselves. Jobs and the end ring bells, so that nothing waits for it.
IDLE_LOOK_MS = 500
#: Jobs that wait for room among all messages wait a moment only; that is waited for, not for more.
MOMENT_MS = 300
#: Whoever asks for room before their turn is sent further back each time: about so long to one more.
TURN_S = 0.03


class _Settled:
    """Counts jobs whose end is known to Redis, and tells whoever waits for that."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = threading.Condition()

    def add(self, jobs: int) -> None:
        with self.changed:
            self.count += jobs
            self.changed.notify_all()


class _Hand(Hand):
    """One that says so when Redis was told of ends."""

    def __init__(self, settled: _Settled) -> None:
        super().__init__()
        self._settled = settled

    def forget(self, ends: list[End]) -> None:
        super().forget(ends)
        self._settled.add(len(ends))


class Drain:
    """`drain()` returns when every job that is due has run, those that jobs enqueued included.

    Delayed jobs run if they are due by `models.utcnow()`, or a moment later: freeze the clock later and drain
    again. The worker starts with the first call and goes on until the test ends.
    """

    def __init__(self, broker: QueueBroker) -> None:
        #: What may still bring jobs: functions that wait until it has, true in the end.
        self.sources: list[Callable[[], bool]] = []
        self._broker = broker
        self._settled = _Settled()
        self._worker: PromptWorker | None = None

    def __call__(self, timeout_s: float = 60) -> None:
        self._start()
        for arrived in self.sources:
            assert arrived(), f"jobs did not arrive: {arrived}"
        changed = self._settled.changed
        while True:
            seen = self._settled.count
            if not (left := self._left()):
                return
            with changed:
                if not changed.wait_for(lambda seen=seen: self._settled.count != seen, timeout_s):
                    raise TimeoutError(f"jobs did not end within {timeout_s} s: {left}")

    def _start(self) -> None:
        if self._worker is None:
            for queue in lanes.QUEUES:
                self._broker.store.hands[queue] = _Hand(self._settled)
            self._worker = PromptWorker(self._broker, worker_timeout=IDLE_LOOK_MS)
            self._worker.start()

    def _left(self) -> list[bytes]:
        """Jobs that are ready or running, after what is due by now has been made ready.

        All queues at one moment: a job may end in one having begun the next in another.
        """
        while True:
            now_ms = self._broker.store.now_ms()
            due, left = self._look(now_ms + MOMENT_MS)
            if not due:
                return left
            if not self._look(now_ms)[0]:
                with self._settled.changed:
                    self._settled.changed.wait(TURN_S)
            for queue, ids in due.items():
                at_once = dict.fromkeys(ids, 0)
                self._broker.store.client.zadd(redis_client.key(f"{queue}.DQ"), at_once, xx=True)
                self._broker.store.promote(queue)

    def _look(self, by_ms: int) -> tuple[dict[str, list[bytes]], list[bytes]]:
        """Delayed jobs that are due, by queue, and the jobs that are ready or running: in one question."""
        with self._broker.store.client.pipeline() as question:
            for queue in lanes.QUEUES:
                question.zrangebyscore(redis_client.key(f"{queue}.DQ"), "-inf", by_ms)
                question.hvals(redis_client.key(f"{queue}.msgs"))
            answers = question.execute()
        due = {queue: ids for queue, ids in zip(lanes.QUEUES, answers[::2], strict=True) if ids}
        return due, [job for jobs in answers[1::2] for job in jobs]

    def stop(self) -> None:
        """End the worker, if there is one, once what it has begun is done; what it has not is forgotten."""
        if self._worker is None:
            return
        self._broker.store.client.delete(*[redis_client.key(queue) for queue in lanes.QUEUES])
        self._worker.work_queue.join()
        self._worker.stop()
        for middleware in [one for one in self._broker.middleware if _belongs(one, self._worker)]:
            self._broker.middleware.remove(middleware)
        self._worker = None


def _belongs(middleware: Middleware, worker: PromptWorker) -> bool:
    """Dramatiq leaves a hook of every worker behind."""
    return getattr(middleware, "worker", None) is worker

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
#: Jobs that wait for room among all messages, or for the goods to be first, wait a moment only, not longer.
MOMENT_MS = 300
#: So long it is waited before their turns are looked at again.
TURN_S = 0.03


class _Settled:
    """Counts jobs whose end is known to Redis, and tells whoever waits for that. `again` are those that were
    put off."""

    def __init__(self) -> None:
        self.count = 0
        self.again: set[bytes] = set()
        self.changed = threading.Condition()

    def add(self, ends: list[End]) -> None:
        with self.changed:
            self.count += len(ends)
            self.again.update(end.redis_id.encode() for end in ends if end.message is not None)
            self.changed.notify_all()


class _Hand(Hand):
    """One that says so when Redis was told of ends."""

    def __init__(self, settled: _Settled) -> None:
        super().__init__()
        self._settled = settled

    def forget(self, ends: list[End]) -> None:
        super().forget(ends)
        self._settled.add(ends)


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
            delayed, left = self._look(now_ms + MOMENT_MS)
            if not delayed:
                return left
            by_ms = now_ms
            if all(due_ms > now_ms for jobs in delayed.values() for due_ms in jobs.values()):
                with self._settled.changed:
                    self._settled.changed.wait(TURN_S)
                if self._broker.store.now_ms() != now_ms:
                    continue
                by_ms += MOMENT_MS  # the clock stands still: no turn comes by waiting for it
            for queue, jobs in delayed.items():
                if at_once := {job: 0 for job, due_ms in jobs.items() if due_ms <= by_ms}:
                    self._broker.store.client.zadd(redis_client.key(f"{queue}.DQ"), at_once, xx=True)
                    self._broker.store.promote(queue)

    def _look(self, by_ms: int) -> tuple[dict[str, dict[bytes, float]], list[bytes]]:
        """When the delayed jobs of each queue that are due by then may run, and the jobs that are ready or
        running: in one question. Jobs that were put off run in their turn, as whoever asks for room before it
        is sent further back; others, which only let goods be first, at once."""
        with self._broker.store.client.pipeline() as question:
            for queue in lanes.QUEUES:
                question.zrangebyscore(redis_client.key(f"{queue}.DQ"), "-inf", by_ms, withscores=True)
                question.hvals(redis_client.key(f"{queue}.msgs"))
            answers = question.execute()
        delayed = {
            queue: {job: due_ms if job in self._settled.again else 0 for job, due_ms in jobs}
            for queue, jobs in zip(lanes.QUEUES, answers[::2], strict=True)
            if jobs
        }
        return delayed, [job for jobs in answers[1::2] for job in jobs]

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

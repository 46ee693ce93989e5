"""Dramatiq's worker, whose end costs a test no wait: whoever sleeps is woken to see that it is over."""

from __future__ import annotations

from collections.abc import Iterable
from queue import Empty, PriorityQueue
from typing import Any

from dramatiq.middleware import Middleware
from dramatiq.worker import Worker

from app.infra.queue import lanes, wire
from app.infra.queue.broker import QueueBroker


class _Work(PriorityQueue[Any]):
    """Jobs for the threads, who do not wait for more of them once it is closed."""

    closed = False

    def close(self) -> None:
        with self.not_empty:
            self.closed = True
            self.not_empty.notify_all()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        with self.not_empty:
            if not self._qsize() and not self.closed:
                self.not_empty.wait(timeout)
            if not self._qsize():
                raise Empty
            return self._get()


class _Wake(Middleware):
    """Tells all threads of a worker that it is over, and wakes those that sleep."""

    def before_worker_shutdown(self, broker: Any, worker: PromptWorker) -> None:
        for thread in (*worker.workers, *worker.consumers.values()):
            thread.stop()
        worker.work_queue.close()
        ring(broker, worker.consumers)


class PromptWorker(Worker):
    """`stop` is for when no job runs any more."""

    work_queue: _Work

    def __init__(self, broker: QueueBroker, **options: Any) -> None:
        super().__init__(broker, **options)
        self.work_queue = _Work()

    def stop(self, timeout: int = 600_000) -> None:
        wake = _Wake()
        self.broker.add_middleware(wake)
        super().stop(timeout)
        self.broker.middleware.remove(wake)
        ring(self.broker, [lanes.DEFAULT])  # the doorbell listens until it hears something


def ring(broker: Any, queues: Iterable[str]) -> None:
    with broker.store.client.pipeline(transaction=False) as bells:
        for queue in queues:
            bells.publish(wire.bell(), queue)
        bells.execute()

"""How worker processes take jobs out of Redis and say what became of them. Runs nothing itself.

A consumer belongs to one dramatiq consumer thread; dramatiq makes a new one after every lost connection.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import timedelta

import peewee
import structlog
from dramatiq.broker import Consumer, MessageProxy
from dramatiq.errors import DecodeError

import models
from app.infra import transactions
from app.infra.queue import dead, jobs
from app.infra.queue.doorbell import Doorbell
from app.infra.queue.jobs import FINISHED, Job, Outcome
from app.infra.queue.store import End, Store, lost_connections

log = structlog.get_logger()

#: How long a job waits whose end nobody decided, because the deciding failed.
UNDECIDED = timedelta(seconds=30)


class QueueConsumer(Consumer):
    """Ready jobs: fetched up to the prefetch, otherwise waiting for the bell or for a job to end."""

    def __init__(
        self, store: Store, bell: Doorbell, queue_name: str, *, prefetch: int, timeout_ms: int
    ) -> None:
        self.store, self.bell = store, bell
        self.queue_name, self.prefetch, self.timeout_s = queue_name, prefetch, timeout_ms / 1000
        self.hand = store.hands[queue_name]
        self.ready: deque[Job] = deque()
        self.unreadable: list[tuple[str, bytes]] = []
        #: The last fetch took all there was: there is nothing to ask for before the bell rings.
        self.emptied = False

    def __next__(self) -> Job | None:
        if not self.ready:
            with lost_connections():
                self._refill()
        return self.ready.popleft() if self.ready else None

    def _refill(self) -> None:
        """Say what ended and take what there is room for; wait while there is neither."""
        is_full = self.hand.running() >= self.prefetch
        is_idle = (self.emptied or is_full) and not self.hand.ended
        if is_idle and not self.bell.wait(self.queue_name, self.timeout_s):
            self._bury_unreadable()
        self.bell.hush(self.queue_name)
        room = max(0, self.prefetch - self.hand.running())
        fetched = self.store.fetch(self.queue_name, room)
        self.emptied = len(fetched) < room
        self.hand.held.update(redis_id for redis_id, _, _ in fetched)
        for redis_id, data, starts in fetched:
            self._take(redis_id, data, starts)

    def _take(self, redis_id: str, data: bytes, starts: int) -> None:
        try:
            self.ready.append(Job(jobs.read(data, self.queue_name), redis_id, starts))
        except DecodeError:
            self.unreadable.append((redis_id, data))
            self._bury_unreadable()

    def _bury_unreadable(self) -> None:
        """Into the dead letters and out of Redis; if PostgreSQL is away, again when nothing else is to do."""
        while self.unreadable:
            redis_id, data = self.unreadable[-1]
            try:
                with models.db.connection_context(), transactions.atomic():
                    dead.record_unreadable(redis_id, self.queue_name, data)
                    dead.report()
            except peewee.PeeweeException:
                log.warning("unreadable job not recorded yet", queue=self.queue_name, exc_info=True)
                return
            log.error("job dead-lettered", queue=self.queue_name, message_id=redis_id, reason="unreadable")
            self.store.settle(self.queue_name, redis_id, FINISHED)
            self.unreadable.pop()

    def ack(self, message: MessageProxy) -> None:
        """Have Redis told what became of the job, by the consumer's thread with its next look, however long
        Redis is away; at shutdown, leave it unfinished.

        Left unfinished it is run again by another process, and its outbox row is still open.
        """
        assert isinstance(message, Job)
        outcome = message.outcome or Outcome(due_at=models.utcnow() + UNDECIDED)
        self.hand.ended.append(End(message.redis_id, outcome, message.message))
        self.bell.ring(self.queue_name)

    #: Dramatiq's second list of dead letters is not used: whether a job failed is in its outcome.
    nack = ack

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        self._give_back([message.redis_id for message in messages if isinstance(message, Job)])

    def close(self) -> None:
        self._give_back([job.redis_id for job in self.ready] + [redis_id for redis_id, _ in self.unreadable])

    def _give_back(self, redis_ids: list[str]) -> None:
        self.hand.put_down(redis_ids)
        if redis_ids or self.hand.ended:
            with lost_connections():
                self.store.release(self.queue_name)


class DelayConsumer(Consumer):
    """Delayed jobs stay in Redis until they are due; this moves them, and sleeps until the next one."""

    def __init__(self, store: Store, bell: Doorbell, queue_name: str, *, timeout_ms: int) -> None:
        self.store, self.bell, self.queue_name = store, bell, queue_name
        self.timeout_s = timeout_ms / 1000

    def __next__(self) -> None:
        with lost_connections():
            self.bell.hush(self.queue_name)
            until_due_s = self.store.promote(self.queue_name.removesuffix(".DQ"))
            if until_due_s > 0:
                self.bell.wait(self.queue_name, min(self.timeout_s, until_due_s))

"""How worker processes take jobs out of Redis and say what became of them. Runs nothing itself.

A consumer belongs to one dramatiq consumer thread; dramatiq makes a new one after every lost connection.
What must outlive that, the ids this process still works on, is kept in the queue's `Hand`.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import peewee
import redis
import structlog
from dramatiq.broker import Consumer, MessageProxy
from dramatiq.errors import ConnectionClosed, DecodeError
from dramatiq.message import Message

import models
from app.infra import transactions
from app.infra.queue import dead, sealing

if TYPE_CHECKING:
    from app.infra.queue.broker import QueueBroker

log = structlog.get_logger()

#: Between two attempts to tell an unreachable Redis what became of a job.
SETTLE_AGAIN_S = 0.5


@dataclass(frozen=True)
class Outcome:
    """What becomes of a job. Without `delay_ms` it is finished, else it runs again with more options."""

    delay_ms: int | None = None
    options: dict[str, Any] = field(default_factory=dict)
    #: The run did not end the count of starts: it was refused because of it, and that is not on record yet.
    keep_starts: bool = False


FINISHED = Outcome()
#: For a job whose end nobody decided, because the deciding failed.
UNDECIDED = Outcome(delay_ms=30_000)


class Job(MessageProxy):
    """A message in the hands of this process."""

    def __init__(self, message: Message[Any], redis_id: str) -> None:
        super().__init__(message)
        self.redis_id = redis_id
        self.outcome: Outcome | None = None
        self.started_s: float | None = None

    @property
    def message(self) -> Message[Any]:
        """As it is in Redis, its arguments sealed."""
        return self._message

    @property
    def args(self) -> tuple[Any, ...]:  # type: ignore[override]
        """What the actor is called with. Raises Locked."""
        return tuple(sealing.unseal(self._message.args))


@dataclass
class Hand:
    """The ids of one queue that this process has fetched and not settled."""

    held: set[str] = field(default_factory=set)
    freed: threading.Event = field(default_factory=threading.Event)

    def put_down(self, redis_ids: Iterable[str]) -> None:
        self.held.difference_update(redis_ids)
        self.freed.set()


@contextmanager
def lost_connections() -> Iterator[None]:
    """Every failure of Redis is one that dramatiq's consumer threads survive."""
    try:
        yield
    except redis.RedisError as error:
        raise ConnectionClosed(error) from error  # type: ignore[no-untyped-call]


class QueueConsumer(Consumer):
    """Ready jobs: fetched up to the prefetch, otherwise waiting for the bell or for room."""

    def __init__(self, broker: QueueBroker, queue_name: str, prefetch: int, timeout_ms: int) -> None:
        self.broker, self.queue_name, self.prefetch = broker, queue_name, prefetch
        self.timeout_s = timeout_ms / 1000
        self.hand = broker.hands[queue_name]
        self.ready: deque[Job] = deque()
        self.unreadable: list[tuple[str, bytes]] = []
        with lost_connections():
            # What a lost connection or a restarted Redis left assigned to us, though we never saw it.
            broker.release(queue_name)

    def __next__(self) -> Job | None:
        if not self.ready:
            with lost_connections():
                self._refill()
        return self.ready.popleft() if self.ready else None

    def _refill(self) -> None:
        room = self.prefetch - len(self.hand.held)
        if room <= 0:
            self.hand.freed.wait(self.timeout_s)
        self.hand.freed.clear()
        room = max(0, self.prefetch - len(self.hand.held))
        self.broker.bell.hush(self.queue_name)
        fetched = self.broker.fetch(self.queue_name, room)
        for redis_id, data in fetched:
            self._take(redis_id, data)
        if room and not fetched and not self.broker.bell.wait(self.queue_name, self.timeout_s):
            self._bury_unreadable()

    def _take(self, redis_id: str, data: bytes) -> None:
        try:
            message = read(data, self.queue_name)
        except DecodeError:
            self.unreadable.append((redis_id, data))
            self._bury_unreadable()
        else:
            self.hand.held.add(redis_id)
            self.ready.append(Job(message, redis_id))

    def _bury_unreadable(self) -> None:
        """Into the dead letters and out of Redis; if PostgreSQL is away, again when the queue is idle."""
        while self.unreadable:
            redis_id, data = self.unreadable[-1]
            try:
                with models.db.connection_context(), transactions.atomic():
                    dead.record_unreadable(redis_id, self.queue_name, data)
                    dead.report(self.broker.actors)
            except peewee.PeeweeException:
                log.warning("unreadable job not recorded yet", queue=self.queue_name, exc_info=True)
                return
            log.error("job dead-lettered", queue=self.queue_name, message_id=redis_id, reason="unreadable")
            self.broker.settle(self.queue_name, redis_id, FINISHED)
            self.unreadable.pop()

    def ack(self, message: MessageProxy) -> None:
        """Tell Redis what became of the job, for as long as it takes; at shutdown, leave it unfinished.

        Left unfinished it is run again by another process, and its outbox row is still open.
        """
        assert isinstance(message, Job)
        outcome = message.outcome or UNDECIDED
        while True:
            try:
                self.broker.settle(self.queue_name, message.redis_id, outcome, message.message)
                break
            except redis.RedisError as error:
                log.warning("job not settled, Redis is away", message_id=message.message_id, error=str(error))
                if self.broker.stopping.wait(SETTLE_AGAIN_S):
                    break
        self.hand.put_down([message.redis_id])

    #: Dramatiq's second list of dead letters is not used: whether a job failed is in its outcome.
    nack = ack

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        redis_ids = [message.redis_id for message in messages if isinstance(message, Job)]
        if redis_ids:
            self.hand.put_down(redis_ids)
            with lost_connections():
                self.broker.release(self.queue_name)

    def close(self) -> None:
        self.requeue(list(self.ready))
        self.ready.clear()


class DelayConsumer(Consumer):
    """Delayed jobs stay in Redis until they are due; this moves them, and sleeps until the next one."""

    def __init__(self, broker: QueueBroker, queue_name: str, timeout_ms: int) -> None:
        self.broker, self.queue_name = broker, queue_name
        self.timeout_s = timeout_ms / 1000

    def __next__(self) -> None:
        with lost_connections():
            self.broker.bell.hush(self.queue_name)
            next_due_ms = self.broker.promote(self.queue_name.removesuffix(".DQ"))
            until_due_s = math.inf if next_due_ms is None else (next_due_ms - self.broker.now_ms()) / 1000
            if until_due_s > 0:
                self.broker.bell.wait(self.queue_name, min(self.timeout_s, until_due_s))


def read(data: bytes, queue_name: str) -> Message[Any]:
    """A message that dramatiq's threads can handle without dying. Raises DecodeError."""
    message: Message[Any] = Message.decode(data)
    if not (
        isinstance(message.actor_name, str)
        and isinstance(message.message_id, str)
        and isinstance(message.options, dict)
        and isinstance(message.message_timestamp, int)
        and message.kwargs == {}
    ):
        raise DecodeError("not a job", data, None)  # type: ignore[no-untyped-call]
    message.options.pop("eta", None)
    return replace(message, queue_name=queue_name)


def now_ms() -> int:
    return int(models.utcnow().timestamp() * 1000)

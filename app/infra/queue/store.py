"""The jobs in Redis as one worker process handles them: each step is one script. Decides nothing."""

from __future__ import annotations

import math
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import redis
from dramatiq.errors import ConnectionClosed
from dramatiq.message import Message

import models
from app.infra import clock_skew, redis_client
from app.infra.queue import lanes, scripts
from app.infra.queue.jobs import Outcome
from app.infra.watchdog import Watchdog

PROMOTE_AT_ONCE = 500
STARTS_REMEMBERED_S = 86_400
#: An answer that trickles is late by no time-out: each waits for the next bytes alone.
ANSWERED_S = 60.0


@dataclass(frozen=True, eq=False)
class End:
    """What became of a job, for Redis to be told; `message` where it runs again."""

    redis_id: str
    outcome: Outcome
    message: Message[Any] | None = None


@dataclass
class Hand:
    """The ids of one queue that this process has fetched and not settled, and of these the ends that Redis
    does not know yet. Outlives lost connections."""

    held: set[str] = field(default_factory=set)
    ended: list[End] = field(default_factory=list)

    def running(self) -> int:
        return len(self.held) - len(self.ended)

    def put_down(self, redis_ids: Iterable[str]) -> None:
        self.held.difference_update(redis_ids)

    def forget(self, ends: list[End]) -> None:
        """Redis was told; by another thread, too, perhaps."""
        self.put_down([end.redis_id for end in ends])
        for end in ends:
            with suppress(ValueError):
                self.ended.remove(end)


@contextmanager
def lost_connections() -> Iterator[None]:
    """Every failure of Redis is one that dramatiq's consumer threads survive."""
    try:
        yield
    except redis.RedisError as error:
        raise ConnectionClosed(error) from error  # type: ignore[no-untyped-call]


class Store:
    """Steps raise redis errors.

    `feed` must not repeat a failed call: what a lost answer had fetched would be nobody's. `client` may.
    `watchdog`: whoever starts it ends the process when Redis has not finished an answer in `answered_s`.
    """

    def __init__(
        self,
        client: redis.Redis,
        feed: redis.Redis,
        heartbeat_timeout_ms: int,
        answered_s: float = ANSWERED_S,
    ) -> None:
        self.client = client
        self.worker_id = str(uuid.uuid4())
        self.hands: dict[str, Hand] = defaultdict(Hand)
        self.watchdog, self._answered_s = Watchdog(), answered_s
        #: This process ends: it takes nothing more, not even what it has just given back.
        self.stopping = threading.Event()
        self._namespace = redis_client.key()
        self._heartbeat_timeout_ms = heartbeat_timeout_ms
        self._fetch = redis_client.Script(feed, scripts.EXCHANGE)
        self._release = redis_client.Script(client, scripts.EXCHANGE)
        self._promote = redis_client.Script(client, scripts.PROMOTE)

    def now_ms(self) -> int:
        """By the clock of Redis."""
        return clock_skew.redis_ms(self.client, models.utcnow())

    def fetch(self, queue_name: str, count: int) -> list[tuple[str, bytes, int]]:
        """Settle what has ended, take at most `count` jobs as (id, data, how often given out), and show that
        this process lives.

        What it was given before and has not in hand goes back: an answer was lost, or Redis has forgotten
        that a job was settled.
        """
        flat = iter(self._exchange(self._fetch, queue_name, 0 if self.stopping.is_set() else count))
        triples = zip(flat, flat, flat, strict=True)
        return [(redis_id.decode(), data, starts) for redis_id, data, starts in triples]

    def release(self, queue_name: str) -> None:
        """Settle what has ended, give back what is assigned to this process and not in its hand, and take
        nothing."""
        self._exchange(self._release, queue_name, 0)

    def release_all(self) -> None:
        """Give back everything, running jobs too. Only right before the process ends."""
        for queue_name in lanes.QUEUES:
            self.hands[queue_name].held.clear()
            self.release(queue_name)

    def settle(
        self, queue_name: str, redis_id: str, outcome: Outcome, message: Message[Any] | None = None
    ) -> None:
        """End a job, or put it among the delayed ones, without waiting for the next fetch."""
        self.hands[queue_name].ended.append(End(redis_id, outcome, message))
        self.release(queue_name)

    def _exchange(self, script: redis_client.Script, queue_name: str, count: int) -> list[Any]:
        """The ends may be told twice: they are forgotten only when Redis has answered."""
        hand = self.hands[queue_name]
        ends = list(hand.ended)
        told = [part for end in ends for part in self._told(end)]
        queues = (len(lanes.QUEUES), *lanes.QUEUES)
        flat: list[Any] = self._run(
            script,
            *(self.worker_id, self._heartbeat_timeout_ms, queue_name, count, STARTS_REMEMBERED_S),
            *(*queues, len(ends), *told, *list(hand.held)),
        )
        hand.forget(ends)
        return flat

    def _told(self, end: End) -> tuple[str, bytes, int, str]:
        data, due_ms = b"", 0
        if end.outcome.due_at is not None and end.message is not None:
            due_ms = clock_skew.redis_ms(self.client, end.outcome.due_at)
            data = end.message.copy(options=end.outcome.options, message_timestamp=due_ms).encode()
        return end.redis_id, data, due_ms, "1" if end.outcome.keep_starts else "0"

    def promote(self, queue_name: str) -> float:
        """Make ready what is due. How many seconds until the next one is, infinite if there is none."""
        now_ms = self.now_ms()
        next_due = self._run(self._promote, queue_name, now_ms, PROMOTE_AT_ONCE)
        return math.inf if next_due is None else (float(next_due) - now_ms) / 1000

    def _run(self, script: redis_client.Script, *arguments: Any) -> Any:
        asked = object()
        self.watchdog.expect("an answer of Redis", self._answered_s, asked)
        try:
            return script(keys=[self._namespace], args=arguments)
        finally:
            self.watchdog.done(asked)

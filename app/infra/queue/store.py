"""The jobs in Redis as one worker process handles them: each step is one script. Decides nothing."""

from __future__ import annotations

import math
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import redis
from dramatiq.errors import ConnectionClosed
from dramatiq.message import Message

import models
from app.infra import clock_skew, redis_client
from app.infra.queue import lanes, scripts
from app.infra.queue.jobs import Outcome

PROMOTE_AT_ONCE = 500
STARTS_REMEMBERED_S = 86_400


@dataclass
class Hand:
    """The ids of one queue that this process has fetched and not settled. Outlives lost connections."""

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


class Store:
    """Steps raise redis errors.

    `feed` must not repeat a failed call: what a lost answer had fetched would be nobody's. `client` may.
    """

    def __init__(self, client: redis.Redis, feed: redis.Redis, heartbeat_timeout_ms: int) -> None:
        self.client = client
        self.worker_id = str(uuid.uuid4())
        self.hands: dict[str, Hand] = defaultdict(Hand)
        #: This process ends: what cannot be settled is left to others.
        self.stopping = threading.Event()
        self._namespace = redis_client.key()
        self._heartbeat_timeout_ms = heartbeat_timeout_ms
        self._fetch = feed.register_script(scripts.FETCH)
        self._promote = client.register_script(scripts.PROMOTE)
        self._release = client.register_script(scripts.FETCH)
        self._settle = client.register_script(scripts.SETTLE)
        self._start = client.register_script(scripts.START)

    def now_ms(self) -> int:
        """By the clock of Redis."""
        return clock_skew.redis_ms(self.client, models.utcnow())

    def fetch(self, queue_name: str, count: int) -> list[tuple[str, bytes]]:
        """Take at most `count` jobs as (id, data), and show that this process lives.

        What it was given before and has not in hand goes back: an answer was lost, or Redis has forgotten
        that a job was settled.
        """
        flat = self._run(self._fetch, *self._claim(queue_name, count))
        pairs = iter(flat)
        return [(redis_id.decode(), data) for redis_id, data in zip(pairs, pairs, strict=True)]

    def release(self, queue_name: str) -> None:
        """Give back what is assigned to this process and not in its hand, and take nothing."""
        self._run(self._release, *self._claim(queue_name, 0))

    def release_all(self) -> None:
        """Give back everything, running jobs too. Only right before the process ends."""
        for queue_name in lanes.QUEUES:
            self.hands[queue_name].held.clear()
            self.release(queue_name)

    def _claim(self, queue_name: str, count: int) -> tuple[Any, ...]:
        timeout_ms, held = self._heartbeat_timeout_ms, self.hands[queue_name].held
        return self.worker_id, timeout_ms, queue_name, count, len(lanes.QUEUES), *lanes.QUEUES, *list(held)

    def count_start(self, redis_id: str) -> int:
        """How often this job has been begun without an end, this time included."""
        return int(self._run(self._start, redis_id, STARTS_REMEMBERED_S))

    def settle(
        self, queue_name: str, redis_id: str, outcome: Outcome, message: Message[Any] | None = None
    ) -> None:
        """End a job, or put it among the delayed ones. May be repeated."""
        data, due_ms = b"", 0
        if outcome.due_at is not None and message is not None:
            due_ms = clock_skew.redis_ms(self.client, outcome.due_at)
            data = message.copy(options=outcome.options, message_timestamp=due_ms).encode()
        keep = "1" if outcome.keep_starts else "0"
        self._run(self._settle, self.worker_id, queue_name, redis_id, data, due_ms, keep)

    def promote(self, queue_name: str) -> float:
        """Make ready what is due. How many seconds until the next one is, infinite if there is none."""
        now_ms = self.now_ms()
        next_due = self._run(self._promote, queue_name, now_ms, PROMOTE_AT_ONCE)
        return math.inf if next_due is None else (float(next_due) - now_ms) / 1000

    def _run(self, script: Any, *arguments: Any) -> Any:
        return script(keys=[self._namespace], args=arguments)

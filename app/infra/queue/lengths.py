"""How long the queues are, and for how long their first job has been due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import redis

from app.infra import redis_client
from app.infra.queue import lanes


@dataclass(frozen=True)
class Length:
    """`ready` jobs wait for a thread, `delayed` ones are not due yet. `oldest_s` is 0 where none waits."""

    queue: str
    ready: int
    delayed: int
    oldest_s: float


def all_of_them(client: redis.Redis) -> list[Length]:
    """By the clock of Redis. Raises redis errors."""
    with client.pipeline(transaction=False) as pipe:
        pipe.time()
        for queue in lanes.QUEUES:
            name = redis_client.key(queue)
            pipe.llen(name)
            pipe.zcard(f"{name}.DQ")
            pipe.lindex(name, 0)
        (seconds, _), *answers = pipe.execute()
    threes = zip(*[iter(answers)] * 3, strict=True)
    return list(_lengths(client, seconds, list(threes)))


def _lengths(client: redis.Redis, now_s: int, answers: list[Any]) -> Iterator[Length]:
    for queue, (ready, delayed, first) in zip(lanes.QUEUES, answers, strict=True):
        data: Any = client.hget(redis_client.key(f"{queue}.msgs"), first) if first else None
        yield Length(queue, ready, delayed, _age_s(data, now_s))


def _age_s(data: bytes | None, now_s: int) -> float:
    """A job that cannot be read, or was taken this very moment, has none."""
    try:
        due_ms = orjson.loads(data or b"")["message_timestamp"]
        return max(0.0, now_s - float(due_ms) / 1000)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return 0.0

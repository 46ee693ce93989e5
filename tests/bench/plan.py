"""What the shop takes of the smallest plans, which allow 20 connections to Redis and to PostgreSQL each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from redis import BlockingConnectionPool

from app.infra import redis_client
from models import db
from tests.bench import report
from tests.support.stack import Stack

LOOK_EVERY_S = 0.1
RESTS_S = 5.0


@dataclass
class Use:
    """The most connections of web, worker and clock that were seen at once."""

    redis: int = 0
    postgres: int = 0
    looked: threading.Event = field(default_factory=threading.Event)


@contextmanager
def watching(stack: Stack) -> Iterator[Use]:
    """Counts for as long as the context lasts."""
    use, stop = Use(), threading.Event()
    thread = threading.Thread(target=_watch, args=(stack, use, stop))
    thread.start()
    try:
        yield use
    finally:
        stop.set()
        thread.join()


def measure_rest(stack: Stack) -> list[report.Figure]:
    with watching(stack) as use:
        threading.Event().wait(RESTS_S)
    return figures("at rest", use, redis_below=11)


def figures(when: str, use: Use, *, redis_below: int = 17) -> list[report.Figure]:
    return [
        report.figure(f"connections to Redis, {when}", use.redis, "", below=redis_below),
        report.figure(f"connections to PostgreSQL, {when}", use.postgres, "", below=11),
    ]


def _watch(stack: Stack, use: Use, stop: threading.Event) -> None:
    with db.connection_context():
        while not stop.wait(LOOK_EVERY_S):
            use.redis = max(use.redis, _redis(stack))
            use.postgres = max(use.postgres, _postgres())


def _redis(stack: Stack) -> int:
    """All but those of this process, which promises jobs as the shop does."""
    ours = len(cast(BlockingConnectionPool, redis_client.shared().connection_pool)._connections)
    return sum(one["name"] != stack.redis_name for one in stack.redis.client_list()) - ours


def _postgres() -> int:
    row = db.execute_sql(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'quickcart%%'"
    ).fetchone()
    return int(row[0])

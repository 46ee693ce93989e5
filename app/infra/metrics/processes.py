"""The processes of the deployment that live, as they say of themselves every few seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from app.infra import redis_client
from app.infra.metrics import reporter


@dataclass(frozen=True)
class Process:
    """`started` in seconds since 1970, `age_s` of this word of it. Only of a worker: its threads, and how
    many of them are at work."""

    kind: str
    host: str
    pid: int
    release: str
    started: int
    busy: int
    threads: int
    age_s: float


def alive() -> list[Process]:
    """By kind, the oldest first. Raises redis errors."""
    client = redis_client.shared()
    with client.pipeline(transaction=False) as pipe:
        pipe.hgetall(reporter.key("processes"))
        pipe.time()
        return parse(*pipe.execute())


def parse(said: Mapping[bytes, bytes], now: tuple[int, int]) -> list[Process]:
    known = []
    for words in said.values():
        at, _, about = words.partition(b" ")
        age_s = max(0.0, now[0] - float(at))
        if age_s <= reporter.GONE_AFTER_S:
            known.append(Process(**orjson.loads(about), age_s=age_s))
    return sorted(known, key=lambda one: (one.kind, one.started, one.host, one.pid))

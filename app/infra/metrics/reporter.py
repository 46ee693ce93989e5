"""Brings what a process has counted to Redis every few seconds, with a sign of life: the only writer of both.

Minutes are those of Redis' clock: whatever the clocks of the machines say, what happens at one time is
counted in one minute.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

import orjson
import redis
import redis.asyncio
import structlog
from redis.exceptions import RedisError

from app.infra import background, redis_client, release
from app.infra.metrics import ledger

log = structlog.get_logger()

EVERY_S = 5.0
#: The last report of a process that ends may take so long.
LAST_S = 1.0
MINUTES_KEPT_S = 3 * 86_400
#: A process that was silent for so long is gone.
GONE_AFTER_S = 20
#: A batch whose answer was lost is tried again within that time.
BATCH_KNOWN_S = 3600

#: Fields of a minute: that somebody reported in it, and of the totals: when they began.
BEAT, SINCE = "beats", "since"

# KEYS: totals, minutes' prefix, processes, batches' prefix. ARGV: who reports, what it says of itself (''
# when it ends), seconds (a minute is kept, a process is gone, a batch is known), and the Batch's own.
REPORT = """#!lua flags=allow-oom
local totals, minute, processes = KEYS[1], KEYS[2], KEYS[3]
local now = tonumber(redis.call('time')[1])
minute = minute .. ':' .. math.floor(now / 60)
if ARGV[2] == '' then redis.call('hdel', processes, ARGV[1])
else redis.call('hset', processes, ARGV[1], now .. ' ' .. ARGV[2]) end
local said = redis.call('hgetall', processes)
for i = 1, #said, 2 do
  local at = tonumber(string.match(said[i + 1], '^%d+'))
  if at < now - tonumber(ARGV[4]) then redis.call('hdel', processes, said[i]) end
end
redis.call('hsetnx', totals, 'since', now)
redis.call('hincrby', minute, 'beats', 1)
redis.call('expire', minute, ARGV[3])
local batch = KEYS[4] .. ':' .. ARGV[6]
if redis.call('get', batch) == ARGV[7] then return 0 end
redis.call('set', batch, ARGV[7], 'ex', ARGV[5])
local last = 8 + 2 * tonumber(ARGV[8])
for i = 9, #ARGV, 2 do
  redis.call('hincrbyfloat', i <= last and totals or minute, ARGV[i], ARGV[i + 1])
end
return 1
"""


def key(*parts: str) -> str:
    return redis_client.key("metrics", *parts)


class Reporter:
    """Of one process. `kind` as in the Procfile; `load` tells its busy threads and all of them."""

    def __init__(self, kind: str, load: Callable[[], tuple[int, int]] = lambda: (0, 0)) -> None:
        self._id, self._load = uuid.uuid4().hex, load
        self._about = {
            "kind": kind,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "release": release.number(),
            "started": int(time.time()),
        }
        self._away = False

    def arguments(self, batch: ledger.Batch, *, ends: bool) -> dict[str, Any]:
        busy, threads = self._load()
        about = "" if ends else orjson.dumps({**self._about, "busy": busy, "threads": threads}).decode()
        known = [self._id, about, MINUTES_KEPT_S, GONE_AFTER_S, BATCH_KNOWN_S]
        keys = [key("totals"), key("minute"), key("processes"), key("batch")]
        return {"keys": keys, "args": [*known, *batch.arguments()]}

    def note(self, error: Exception | None) -> None:
        """Once, however often Redis does not answer: what was counted waits here."""
        if error and not self._away:
            log.warning("metrics wait, Redis is away", error=redis_client.said(error))
        self._away = error is not None


class Thread:
    """Reports in the background of a process that has threads. Start it after the fork."""

    def __init__(self, reporter: Reporter, client: redis.Redis) -> None:
        self._reporter = reporter
        self._script: Any = client.register_script(REPORT)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metrics", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Report a last time, if that can be done soon."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(LAST_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        self.report()
        while not self._stopped.wait(EVERY_S):
            self.report()
        self.report(ends=True)

    def report(self, *, ends: bool = False) -> None:
        batch = ledger.own.batch()
        try:
            self._script(**self._reporter.arguments(batch, ends=ends))
        except RedisError as error:
            self._reporter.note(error)
        else:
            ledger.own.booked(batch)
            self._reporter.note(None)


@asynccontextmanager
async def reporting(reporter: Reporter, client: redis.asyncio.Redis) -> AsyncIterator[None]:
    """The same for an event loop, for as long as the context lasts."""
    script: Any = client.register_script(REPORT)

    async def report(*, ends: bool = False) -> None:
        batch = ledger.own.batch()
        try:
            await script(**reporter.arguments(batch, ends=ends))
        except RedisError as error:
            reporter.note(error)
        else:
            ledger.own.booked(batch)
            reporter.note(None)

    async def forever() -> None:
        while True:
            await report()
            await asyncio.sleep(EVERY_S)

    try:
        async with background.running(forever()):
            yield
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_S):
                await report(ends=True)

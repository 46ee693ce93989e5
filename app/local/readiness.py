"""Knows when the processes are ready for customers: their heartbeats, then what `web` says of everything."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import redis

from app.infra import redis_client
from app.local import console, daemons

#: What uvicorn prints once it accepts requests, and `web` when a later check says otherwise than the first.
SERVING, HEALTH_CHANGED = "Uvicorn running on", "service health changed"

#: How often to see, while waiting for good news, whether there is bad news.
LOOK_S = 0.5


class NotReady(daemons.StartFailed):
    """Something did not come up in time; the message says what."""


class Heartbeats:
    """Waits for processes to show that they live. Make it before they start: older signs are forgotten."""

    def __init__(self, redis_url: str, bot_id: str, processes: set[str]) -> None:
        self._prefix = redis_client.key_of(bot_id, "heartbeat", "")
        self._missing = {self._prefix + process for process in processes}
        self._client = redis.Redis.from_url(redis_url)
        self._client.delete(*self._missing)
        self._client.config_set("notify-keyspace-events", "K$")
        self._news = self._client.pubsub()  # type: ignore[no-untyped-call]
        self._news.psubscribe(f"__keyspace@0__:{self._prefix}*")

    def wait(self, timeout_s: float, dead: Callable[[], str]) -> None:
        """Until all have been heard. Raises NotReady, at once when `dead()` tells of a process that ended."""
        deadline_s = time.monotonic() + timeout_s
        while self._missing:
            message = self._news.get_message(timeout=LOOK_S)
            if message is not None:
                self._missing.discard(message["channel"].decode().partition(":")[2])
            elif told := dead():
                raise NotReady(told)
            elif time.monotonic() > deadline_s:
                raise NotReady(f"no sign of life from {', '.join(map(_short, sorted(self._missing)))}")
        self._news.close()
        self._client.close()


class Web:
    """Follows the log of `web` for the moments at which asking for its health is worth it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._news = threading.Event()
        self._serving = threading.Event()

    def follow(self, line: console.Line) -> None:
        event = str(line["event"])
        if SERVING in event:
            self._serving.set()
        if HEALTH_CHANGED in event:
            self._news.set()

    def wait(self, timeout_s: float, dead: Callable[[], str]) -> None:
        """Return when `web` calls everything well. Raises NotReady, at once when a process ended."""
        deadline_s = time.monotonic() + timeout_s
        while not self._serving.wait(LOOK_S):
            if (told := dead()) or time.monotonic() > deadline_s:
                raise NotReady(told or "web does not serve")
        while sick := self._sick():
            if not self._news.wait(timeout_s):
                raise NotReady(f"not well: {', '.join(sick)}")
            self._news.clear()

    def _sick(self) -> list[str]:
        try:
            report: dict[str, Any] = httpx.get(f"{self._url}/health", trust_env=False, timeout=5).json()
        except httpx.TransportError:
            return ["web"]
        return [name for name, state in report["services"].items() if state != "ok"]


def _short(key: str) -> str:
    return key.rpartition(":")[2]

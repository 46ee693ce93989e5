"""Wakes the consumers of this process when something is enqueued: one connection for all queues.

A bell that is missed costs a moment, no job: consumers look by themselves once a second.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

import redis
import structlog

from app.infra.queue import wire

log = structlog.get_logger()

#: After such a silence the connection is asked whether it is still there, and given up after another.
SILENCE_S = 2.0
AGAIN_S = 0.5


class Doorbell:
    """Open while a worker runs. `client` has one connection and no need to repeat anything."""

    def __init__(self, client: redis.Redis) -> None:
        self._client: Any = client
        self._channel = wire.bell()
        self._rung: dict[str, threading.Event] = defaultdict(threading.Event)
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Begin to listen, unless somebody has."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._closed = threading.Event()
                listen = threading.Thread(target=self._listen, args=(self._closed,), daemon=True)
                self._thread = listen
                listen.start()

    def close(self) -> None:
        """Stop listening, soon."""
        with self._lock:
            self._closed.set()
            self._thread = None

    def hush(self, queue_name: str) -> None:
        """Forget what was rung until now. Look into the queue after that, then `wait`."""
        self._rung[queue_name].clear()

    def ring(self, queue_name: str) -> None:
        """Wake whoever waits here, in this process alone: a job of the queue has ended."""
        self._rung[queue_name].set()

    def wait(self, queue_name: str, timeout_s: float) -> bool:
        """Sleep until something is enqueued or ends; False when nothing did."""
        return self._rung[queue_name].wait(timeout_s)

    def _listen(self, closed: threading.Event) -> None:
        while not closed.is_set():
            try:
                with self._client.pubsub() as bells:
                    bells.subscribe(self._channel)
                    self._hear(bells, closed)
            except redis.RedisError as error:
                log.warning("the doorbell cannot be heard", error=str(error))
                closed.wait(AGAIN_S)

    def _hear(self, bells: Any, closed: threading.Event) -> None:
        asked = False
        while not closed.is_set():
            heard = bells.get_message(timeout=SILENCE_S)
            if heard is None and asked:
                raise redis.TimeoutError("no answer")
            asked = heard is None
            if heard is None:
                bells.ping()
            elif heard["type"] == "message":
                self.ring(heard["data"].decode())
            elif heard["type"] == "subscribe":
                self._ring_all()

    def _ring_all(self) -> None:
        """Somebody may have rung while nobody listened."""
        for rung in list(self._rung.values()):
            rung.set()

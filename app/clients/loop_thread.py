"""An event loop that carries the calls of many threads: only there is the whole of a call bounded in time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import uvloop

from app.infra import call_hooks

T = TypeVar("T")


class LoopThread:
    """An event loop in a thread of its own. Safe to call from any other thread."""

    def __init__(self, name: str) -> None:
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for the coroutine. An interrupt of this thread (a worker's time limit) cancels it."""
        return self.wait(self.submit(work))

    def wait(self, future: Future[T]) -> T:
        """The same for one that is under way."""
        call_hooks.begin()
        try:
            return future.result()
        finally:
            future.cancel()

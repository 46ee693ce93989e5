"""Ends a process that is stuck, since the platform starts a new one: by a clock that nobody can set.

For threads that no exception reaches, such as one inside C or in a system call.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import threading
import time
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import Self

import structlog

log = structlog.get_logger()

LOOK_EVERY_S = 1.0


class Watchdog:
    """What is expected must be done, or expected anew, before its time is up; else the process exits."""

    def __init__(self) -> None:
        self._deadlines: dict[Hashable, tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self) -> None:
        self._stopped.clear()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def expect(self, what: str, within_s: float, key: Hashable = None) -> None:
        """From now on; a second time with the same key, or the same words, prolongs it."""
        with self._lock:
            self._deadlines[key or what] = what, time.monotonic() + within_s

    def done(self, key: Hashable) -> None:
        with self._lock:
            self._deadlines.pop(key, None)

    def late(self) -> list[str]:
        """What should be done by now."""
        now_s = time.monotonic()
        with self._lock:
            return [what for what, deadline_s in self._deadlines.values() if deadline_s < now_s]

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_S):
            if late := self.late():
                log.critical("stuck, exiting", what=late)
                faulthandler.dump_traceback()
                os._exit(1)


@asynccontextmanager
async def loop_watched(standstill_s: float) -> AsyncIterator[None]:
    """The process ends when its event loop stands still for so long."""
    with Watchdog() as watchdog:
        pulse = asyncio.create_task(_pulse(watchdog, standstill_s))
        try:
            yield
        finally:
            pulse.cancel()


async def _pulse(watchdog: Watchdog, standstill_s: float) -> None:
    while True:
        watchdog.expect("the event loop", standstill_s)
        await asyncio.sleep(LOOK_EVERY_S)

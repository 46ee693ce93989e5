"""Numbered events, the newest of them kept, for as many listening browsers as there are."""

import asyncio
import threading
from collections import deque
from typing import Any

Json = dict[str, Any]


class Feed:
    """Pushed to from any thread, read from event loops."""

    def __init__(self, size: int = 2000) -> None:
        self.events: deque[tuple[int, Json]] = deque(maxlen=size)
        self.last = 0
        self._lock = threading.Lock()
        self._readers: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def push(self, event: Json) -> None:
        """Add an event and wake the readers."""
        with self._lock:
            self.last += 1
            self.events.append((self.last, event))
            for loop, reader in self._readers:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(reader.set)

    def after(self, number: int) -> list[tuple[int, Json]]:
        """What came after an event, as far as it is still kept."""
        with self._lock:
            return [each for each in self.events if each[0] > number]

    def attach(self, reader: asyncio.Event) -> None:
        """Set this event of the running loop whenever something is pushed."""
        with self._lock:
            self._readers.append((asyncio.get_running_loop(), reader))

    def detach(self, reader: asyncio.Event) -> None:
        """No more."""
        with self._lock:
            self._readers = [each for each in self._readers if each[1] is not reader]


class Trail(Feed):
    """What happened inside the shop: log lines of all processes, as structlog writes them.

    Each has `event`, `level` and `timestamp`; those of one chain share a `correlation_id`.
    """

"""Real time for the stand-in's own waiting: a test that freezes the clock must not freeze its fakes."""

import asyncio
import time


def monotonic() -> float:
    """Seconds that always pass (clock tools replace `time.monotonic`, not this)."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose timers run in real time."""

    def time(self) -> float:
        """As `BaseEventLoop.time`, from the clock that cannot be frozen."""
        return monotonic()

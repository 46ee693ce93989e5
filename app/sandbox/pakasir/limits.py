"""The gateway's own limits, counted on its side whatever the caller believes."""

from __future__ import annotations

import math
from collections.abc import Callable


class RateLimits:
    """`clock` gives seconds; a test may turn it by hand."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._idle_at: dict[str, float] = {}

    def take(self, key: str, interval_s: float, burst: int) -> int:
        """0 when granted, else whole seconds for `Retry-After`."""
        now = self._clock()
        idle_at = max(self._idle_at.get(key, 0.0), now) + interval_s
        wait_s = idle_at - interval_s * burst - now
        if wait_s > 1e-6:
            return max(1, math.ceil(wait_s))
        self._idle_at[key] = idle_at
        return 0

    def forget(self) -> None:
        """As if nobody had called for a while."""
        self._idle_at.clear()

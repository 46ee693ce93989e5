"""Since when somebody waits for what is done here: from the moment that the first word of it came in, through
every job that follows at once."""

from __future__ import annotations

import time
from contextvars import ContextVar

_since_ms: ContextVar[int | None] = ContextVar("since_ms", default=None)


def begin(since_ms: int | None) -> None:
    """What follows in this thread belongs to that moment (ms since 1970); None: to none."""
    _since_ms.set(since_ms)


def since_ms() -> int | None:
    return _since_ms.get()


def seconds() -> float:
    """How long ago that was; 0 where nobody knows, or another machine's clock is ahead."""
    since = _since_ms.get()
    return 0.0 if since is None else max(0.0, time.time() - since / 1000)

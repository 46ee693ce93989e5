"""Even load: so many a second, whatever each of them takes."""

from __future__ import annotations

import time
from collections.abc import Iterator


def paced(count: int, per_s: float) -> Iterator[int]:
    """Numbers 0 to `count`, handed out at their moments."""
    started = time.perf_counter()
    for number in range(count):
        wait_s = started + number / per_s - time.perf_counter()
        if wait_s > 0:
            time.sleep(wait_s)
        yield number

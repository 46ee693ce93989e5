"""Each part on a shop of its own. `growth 0.01 queue year`: two of them, at a hundredth of their size."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from app.infra import logs
from tests.bench import report
from tests.bench.growth import audience, backlog, crowd, processes, year
from tests.support.stack import Stack, stack

#: Those that need the whole shop; each takes the factor.
PARTS: dict[str, Callable[[Stack, float], list[report.Figure]]] = {
    "processes": processes.measure,
    "people": crowd.measure,
    "queue": backlog.measure,
    "broadcast": audience.measure,
}


def main(words: Sequence[str]) -> int:
    """Without names, all parts. Returns how many figures missed their target."""
    factor = float(words[0]) if words else 1.0
    wanted = set(words[1:]) or {*PARTS, "year"}
    if unknown := wanted - {*PARTS, "year"}:
        raise SystemExit(f"no part of growth: {', '.join(sorted(unknown))}")
    figures: list[report.Figure] = []
    for name, part in PARTS.items():
        if name in wanted:
            with _timed(name), stack() as running:
                logs.setup("bench")
                figures += part(running, factor)
    if "year" in wanted:
        with _timed("year"):
            figures += year.measure(factor)
    return report.show(figures)


@contextmanager
def _timed(name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    report.progress(f"{name}: all of it took {time.monotonic() - started:.0f} s")

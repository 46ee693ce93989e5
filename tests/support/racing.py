"""Races: everybody starts at one barrier, each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from models import db

PATIENCE_S = 10.0


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at once; what each returned, or the exception that it raised."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with db.connection_context():
            start.wait(PATIENCE_S)
            try:
                return act()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts, timeout=PATIENCE_S))


def crowd(act: Callable[[Any], Any], people: Sequence[Any], threads: int = 20) -> list[Any]:
    """`act` for each of many people, so many at a time."""
    lanes = [people[lane::threads] for lane in range(threads)]
    results = together(*[lambda lane=lane: [_try(act, one) for one in lane] for lane in lanes])
    return [result for lane in results for result in lane]


class Meeting:
    """A point inside two racers' own steps where each waits for the other: the unguarded race, for sure."""

    def __init__(self, parties: int = 2) -> None:
        self._barrier = threading.Barrier(parties)

    def __call__(self) -> None:
        self._barrier.wait(PATIENCE_S)


def _try(act: Callable[[Any], Any], one: Any) -> Any:
    try:
        return act(one)
    except Exception as error:
        return error


def kinds(results: Sequence[Any]) -> list[str]:
    """Names of the errors among the results, `ok` for the others, sorted."""
    return sorted(type(one).__name__ if isinstance(one, Exception) else "ok" for one in results)

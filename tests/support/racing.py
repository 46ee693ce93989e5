"""Races: everybody starts at one barrier, each in a thread with a database connection of its own.

A negative control is `overtaken`: the shop's own code, with one of its guards taken out of its statements.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from models import db

PATIENCE_S = 10.0

#: How many race for something: forty do it as well as two hundred, who take longer.
CROWDS = [40, pytest.param(200, marks=pytest.mark.slow)]


#: Of the test itself, as after a renaming: they are nobody's result.
MISTAKES = (AttributeError, NameError, threading.BrokenBarrierError)


def together(*acts: Callable[[], Any], connected: bool = True) -> list[Any]:
    """Run all at once; what each returned, or the exception that it raised. `connected`: to the database."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            if connected:
                db.connect(reuse_if_open=True)
            start.wait(PATIENCE_S)
            return act()
        except MISTAKES:
            raise
        except Exception as error:
            return error
        finally:
            if connected:
                db.close()

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


@dataclass(frozen=True)
class Guard:
    """What keeps racers apart in a statement, as a regular expression, and what is left in its place."""

    pattern: str
    bare: str = ""


def lock(table: str) -> Guard:
    """Rows of the table are read without being locked."""
    return Guard(rf'(FROM "{table}" .*) FOR (?:NO KEY UPDATE|UPDATE|SHARE).*', r"\1")


def compare(table: str, column: str) -> Guard:
    """Its rows are changed whatever they have in the column."""
    return Guard(rf'("{table}"\."{column}" (?:IN \([^)]*\)|(?:=|>=) %s))', r"(\1 OR TRUE)")


@contextmanager
def without_index(name: str) -> Iterator[None]:
    """The database lets in meanwhile what the unique index keeps out; then its table is emptied."""
    query = "SELECT indexdef, tablename FROM pg_indexes WHERE indexname = %s"
    definition, table = db.execute_sql(query, (name,)).fetchone()
    db.execute_sql(f"DROP INDEX {name}")
    try:
        yield
    finally:
        db.execute_sql(f'TRUNCATE "{table}" CASCADE')
        db.execute_sql(definition)


def overtaken(
    act: Callable[[], Any], by: Callable[[], Any], *without: Guard, at: str | None = None
) -> list[Any]:
    """Run `act` without these guards. In the middle of it `by`, guarded as ever, runs from start to end.

    That is right after `act` has read, or right before it writes, by the statement of the last guard, or by
    the first one like `at`. What each returned, or the exception that it raised.
    """
    others: list[Any] = []
    with _stripped(without, at or without[-1].pattern, lambda: others.extend(together(by))):
        mine = _try(lambda _: act(), None)
    return [mine, *others]


@contextmanager
def _stripped(without: Sequence[Guard], at: str, then: Callable[[], None]) -> Iterator[None]:
    """Only this thread's statements are changed. It fails where there was nothing to take away."""
    ours, execute, missing, met = threading.get_ident(), db.execute_sql, set(without), threading.Event()

    def bare(sql: str, *args: Any, **more: Any) -> Any:
        if threading.get_ident() != ours:
            return execute(sql, *args, **more)
        now = not met.is_set() and re.search(at, sql, re.DOTALL) is not None
        for guard in without:
            sql, found = re.subn(guard.pattern, guard.bare, sql, flags=re.DOTALL)
            missing.difference_update({guard} if found else ())
        if not now:
            return execute(sql, *args, **more)
        met.set()
        if not sql.startswith("SELECT"):
            then()
            return execute(sql, *args, **more)
        cursor = execute(sql, *args, **more)
        then()
        return cursor

    db.execute_sql = bare
    try:
        yield
    finally:
        del db.execute_sql
    assert met.is_set()
    assert not missing, f"these guards are not there to be taken away: {missing}"


def _try(act: Callable[[Any], Any], one: Any) -> Any:
    try:
        return act(one)
    except MISTAKES:
        raise
    except Exception as error:
        return error


def kinds(results: Sequence[Any]) -> list[str]:
    """Names of the errors among the results, `ok` for the others, sorted."""
    return sorted(type(one).__name__ if isinstance(one, Exception) else "ok" for one in results)

"""Calls to other people's servers: what has to happen before one. Whoever holds something that others need
gives it back here, since the answer may take long."""

from __future__ import annotations

from collections.abc import Callable

_habits: list[Callable[[], None]] = []


def before(habit: Callable[[], None]) -> None:
    """Do this before every call of this process, in the thread that makes it."""
    if habit not in _habits:
        _habits.append(habit)


def begin() -> None:
    """A call is about to be made."""
    for habit in _habits:
        habit()

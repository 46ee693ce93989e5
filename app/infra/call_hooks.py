"""Calls to other servers: what has to happen before one. Whoever holds something that others need gives it
back here, since the answer may take long."""

from __future__ import annotations

import select
import socket
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


def is_readable(line: socket.socket) -> bool:
    """Of a connection that rested: something came that nobody asked for, or the other side hung up."""
    look = select.poll()
    look.register(line, select.POLLIN)
    return bool(look.poll(0))

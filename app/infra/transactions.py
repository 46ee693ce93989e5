"""One transaction around everything that must happen together, with what follows it.

Services open `atomic()`; nested ones join the outermost. Rows given to `collect` are written together
right before the commit; work given to `after_commit` runs only once it has succeeded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import peewee

from models import db

#: How rows are locked: against changes, but not against rows that refer to them, such as a broadcast's.
LOCK: Any = "FOR NO KEY UPDATE"
#: Of a row whose key is about to change, and of one whose key must not: it will be referred to.
KEY_LOCK: Any = "FOR UPDATE"
KEY_KEPT: Any = "FOR KEY SHARE"

#: lock_not_available, deadlock_detected
_IN_USE = {"55P03", "40P01"}

Work = Callable[[], None]
Write = Callable[[list[Any]], None]


class _Pending(threading.local):
    """What the open transaction of this thread still has to do."""

    def __init__(self) -> None:
        self.open = self.lazy = False
        self.rows: dict[str, tuple[list[Any], Write]] = {}
        self.after: list[Work] = []


_pending = _Pending()


@contextmanager
def atomic() -> Iterator[None]:
    """Commit all or nothing. An exception rolls back and forgets what was to follow."""
    if _pending.open:
        yield
        return
    _pending.open = True
    try:
        with db.atomic():
            yield
            if _pending.lazy and _pending.rows:
                db.execute_sql("SET LOCAL synchronous_commit TO DEFAULT")
            while _pending.rows:
                rows, write = _pending.rows.pop(next(iter(_pending.rows)))
                write(rows)
        following = _pending.after
    finally:
        _pending.open, _pending.lazy, _pending.rows, _pending.after = False, False, {}, []
    for work in following:
        work()


def lazily() -> None:
    """The commit need not wait for the disk, unless something is collected. What promises nothing and changes
    nothing that is audited may be gone after a crash of PostgreSQL itself, if it is half a second old.

    The caller says so to PostgreSQL, in a statement it sends anyway: synchronous_commit off, locally.
    """
    _require()
    _pending.lazy = True


def collect(key: str, row: Any, write: Write) -> None:
    """Hand `row` to `write` with all others of `key`, last in this transaction."""
    _require()
    _pending.rows.setdefault(key, ([], write))[0].append(row)


def after_commit(work: Work) -> None:
    """Run `work` after this transaction has committed; it must not raise."""
    _require()
    _pending.after.append(work)


def _require() -> None:
    if not _pending.open:
        raise RuntimeError("this belongs inside transactions.atomic()")


def lock_was_taken(error: peewee.OperationalError) -> bool:
    """Whether a row or table that was not to be waited for was in somebody's hands, or that somebody waited
    for what this transaction held."""
    return getattr(error.__cause__ or error.__context__, "sqlstate", None) in _IN_USE

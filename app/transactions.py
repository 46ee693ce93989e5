"""One transaction around everything that must happen together, with what follows it.

Services open `atomic()`; nested ones join the outermost. Work registered with `before_commit` runs inside
the transaction right before it commits (once a key), work registered with `after_commit` only once it has.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from models import db

Work = Callable[[], None]


class _Pending(threading.local):
    def __init__(self) -> None:
        self.depth = 0
        self.before: dict[str, Work] = {}
        self.after: list[Work] = []


_pending = _Pending()


@contextmanager
def atomic() -> Iterator[None]:
    """Commit all or nothing. An exception rolls back and forgets what was to follow."""
    if _pending.depth:
        yield
        return
    _pending.depth += 1
    try:
        with db.atomic():
            yield
            while _pending.before:
                _pending.before.pop(next(iter(_pending.before)))()
        following, _pending.after = _pending.after, []
    finally:
        _pending.depth -= 1
        _pending.before, _pending.after = {}, []
    for work in following:
        work()


def active() -> bool:
    return _pending.depth > 0


def before_commit(key: str, work: Work) -> None:
    """Run `work` once, last in this transaction, however often `key` is registered."""
    _require()
    _pending.before.setdefault(key, work)


def after_commit(work: Work) -> None:
    """Run `work` after this transaction has committed; it must not raise."""
    _require()
    _pending.after.append(work)


def _require() -> None:
    if not active():
        raise RuntimeError("this belongs inside transactions.atomic()")

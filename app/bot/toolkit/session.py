"""What the bot waits to hear from a person. Whatever comes next that is no answer drops the question."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import orjson

from app.errors import Locked
from app.infra import crypto

AWAIT, NEW, TOLD, APPEALED, ALBUM, STRAYS = "await", "new", "told", "appealed", "album", "strays"
FILLED = "filled"
_MARKS = {AWAIT, NEW, TOLD, APPEALED, ALBUM, STRAYS, FILLED}


class Session:
    """`waiting` and `facts` are how the turn began. How it ends is nothing, unless a handler waits again."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.facts = {name: value for name, value in stored.items() if name not in _MARKS}
        self.waiting: str | None = stored.get(AWAIT)
        #: Has never pressed Start: the welcome is still to come.
        self.is_new = bool(stored.get(NEW))
        #: Has been told that they are banned; it is said once.
        self.told = bool(stored.get(TOLD))
        #: Has written the one message that they may write then.
        self.appealed = bool(stored.get(APPEALED))
        #: The album that the last thing heard was of, as albums.py keeps it.
        self.album: dict[str, Any] = _opened(stored.get(ALBUM))
        #: What is heard now is of the same one: it says nothing new.
        self.album_goes_on = False
        #: An admin's last messages that nobody knew: perhaps the rest of a paste that is still to come.
        self.strays: list[Any] = stored.get(STRAYS, [])
        self._next_strays: list[Any] | None = None
        #: Goods that were added a moment ago: perhaps the rest of a paste whose beginning is still to come.
        self.filled: dict[str, Any] | None = stored.get(FILLED)
        self._next_filled: dict[str, Any] | None = None
        self._next: dict[str, Any] = {}

    def stray(self, piece: Any) -> None:
        """One more that nobody knows."""
        self._next_strays = [*self.strays, piece]

    def fill(self, **facts: Any) -> None:
        """They were added, as an answer that did without a beginning."""
        self._next_filled = facts

    def wait(self, what: str, **facts: Any) -> None:
        """The next typed message answers `what`, a name in questions.INPUTS."""
        self._next = {AWAIT: what, **facts}

    def keep_waiting(self) -> None:
        """What came is no answer and no reason to drop the question either."""
        if self.waiting:
            self.wait(self.waiting, **self.facts)

    def greeted(self) -> None:
        self.is_new = False

    def forgotten(self) -> None:
        """Who writes next is someone new."""
        self.is_new = True

    def stored(self) -> dict[str, Any]:
        marks: dict[str, Any] = {NEW: self.is_new or None, TOLD: self.told or None}
        marks[APPEALED] = self.appealed or None
        marks[STRAYS], marks[FILLED] = self._next_strays, self._next_filled
        marks[ALBUM] = crypto.encrypt(orjson.dumps(self.album).decode()).decode() if self.album else None
        return self._next | {name: value for name, value in marks.items() if value is not None}


def _opened(album: Any) -> dict[str, Any]:
    """Encrypted, as its captions and files may be goods. What no key opens says nothing any more."""
    if not isinstance(album, str):
        return deepcopy(album) if isinstance(album, dict) else {}
    try:
        return dict(orjson.loads(crypto.decrypt(album.encode())))
    except Locked:
        return {}

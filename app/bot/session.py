"""What the bot waits to hear from a person. Whatever comes next that is no answer drops the question."""

from __future__ import annotations

from typing import Any

AWAIT, NEW = "await", "new"


class Session:
    """`waiting` and `facts` are how the turn began. How it ends is nothing, unless a handler waits again."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.facts = {name: value for name, value in stored.items() if name not in {AWAIT, NEW}}
        self.waiting: str | None = stored.get(AWAIT)
        #: Has never pressed Start: the welcome is still to come.
        self.is_new = bool(stored.get(NEW))
        self._next: dict[str, Any] = {}

    def wait(self, what: str, **facts: Any) -> None:
        """The next typed message answers `what`, a name in routes.INPUTS."""
        self._next = {AWAIT: what, **facts}

    def greeted(self) -> None:
        self.is_new = False

    def stored(self) -> dict[str, Any]:
        return self._next | ({NEW: True} if self.is_new else {})

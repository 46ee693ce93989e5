"""A record of every call the bot made, for tests to look at and for the page to show."""

import time
from collections import deque
from dataclasses import dataclass, field

from app.sandbox.telegram.params import Json, Params

KEPT = 100_000


@dataclass
class Call:
    """One call; `at` is seconds since the epoch, `ok` None while it is not answered."""

    method: str
    params: Json
    uploads: tuple[str, ...] = ()
    at: float = field(default_factory=time.time)
    ok: bool | None = None
    code: int = 200
    description: str = ""

    @property
    def chat_id(self) -> int | None:
        """The chat it was about."""
        value = str(self.params.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdigit() else None


def call(method: str, params: Params) -> Call:
    """What came in, without the bytes of files."""
    return Call(method, dict(params.values), tuple(upload.name for upload in params.uploads.values()))


def journal() -> deque[Call]:
    """Where calls are kept, oldest forgotten first."""
    return deque(maxlen=KEPT)

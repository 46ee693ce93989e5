"""How much may be written to the log: of one value, of one line, and of one sentence in a while."""

from __future__ import annotations

import time

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

#: Characters. Of a traceback the end counts, which says what happened.
MOST_TEXT, MOST_TRACEBACK, MOST_LINE = 2_000, 8_000, 16_000

#: Where anybody can cause a warning, each is written so often in a window, and then only counted.
MOST_REPEATS, WINDOW_S = 10, 10.0
MOST_SENTENCES = 200


def cut(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """No value is longer than anybody reads, and no line longer than log drains take."""
    for name, value in event.items():
        event[name] = _tail(value) if name == "exception" else _head(value)
    if sum(map(len, map(str, event.values()))) > MOST_LINE:
        return {name: value for name, value in event.items() if len(str(value)) < 200} | {"cut": True}
    return event


def _head(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return value if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]} … ({len(text)} characters)"


def _tail(text: str) -> str:
    return text if len(text) <= MOST_TRACEBACK else f"… {text[-MOST_TRACEBACK:]}"


class Repeats:
    """Keeps back warnings that come again and again; the first of the next window says how many."""

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], tuple[float, int]] = {}

    def __call__(self, _logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        if method != "warning":
            return event
        now_s = time.monotonic()
        sentence = (event["event"], event.get("path"), event.get("reason"))
        began_s, times = self._seen.get(sentence, (now_s, 0))
        if now_s - began_s >= WINDOW_S:
            if times > MOST_REPEATS:
                event["kept_back"] = times - MOST_REPEATS
            began_s, times = now_s, 0
        if len(self._seen) > MOST_SENTENCES:
            self._seen.clear()
        self._seen[sentence] = began_s, times + 1
        if times >= MOST_REPEATS:
            raise structlog.DropEvent
        return event

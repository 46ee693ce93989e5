"""What the children say, shortened for people: their JSON lines as warnings and errors in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from app.local.logfile import LogFile

Line = dict[str, Any]

_QUIET = {"debug", "info"}
#: Fields that every line has and nobody needs on a terminal.
_COMMON = {"event", "level", "timestamp", "process", "pid", "exception", "logger"}
_COMMON |= {"correlation_id", "message_id"}


class Console:
    """Prints what is worth it, writes everything to a file, hands parsed lines on."""

    def __init__(self, log: Path, *followers: Callable[[Line], None]) -> None:
        self._log = LogFile(log)
        self._followers = [*followers]

    def follow(self, follower: Callable[[Line], None]) -> None:
        """Hand parsed lines on to this one, too."""
        self._followers.append(follower)

    def heard(self, name: str, text: str) -> None:
        self._log.write(f"{name}: {text}")
        line = parse(text)
        if line is None:
            return
        for follower in self._followers:
            follower(line)
        if line.get("level") not in _QUIET:
            self.say(describe(line))

    def say(self, text: str) -> None:
        print(text, flush=True, file=sys.stderr)


def parse(text: str) -> Line | None:
    """A log line; None for anything else, which the log file keeps."""
    if not text.startswith("{"):
        return None
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) and "event" in line else None


def describe(line: Line) -> str:
    """`12:30:05  worker   warning  job failed, will retry  actor=open_payment`, and a traceback's end."""
    facts = "  ".join(f"{name}={value}" for name, value in line.items() if name not in _COMMON)
    who, level = f"{line.get('process', ''):<7}", str(line.get("level", ""))
    sentence = "  ".join(word for word in (_clock(line), who, level, str(line["event"]), facts) if word)
    return "\n    ".join([sentence, *str(line.get("exception", "")).strip().splitlines()[-1:]])


def _clock(line: Line) -> str:
    try:
        return datetime.fromisoformat(str(line["timestamp"])).astimezone().strftime("%H:%M:%S")
    except (KeyError, ValueError):
        return ""

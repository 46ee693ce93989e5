"""A file for what programs print, that never grows beyond what a disk has room for."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

MOST_BYTES, KEPT = 10 * 1024 * 1024, 2
MOST_LINE = 20_000


class LogFile:
    """Lines from any thread; the newest are in `path`, older ones in `path`.1 and .2."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        self._file = RotatingFileHandler(path, maxBytes=most_bytes, backupCount=KEPT, encoding="utf-8")

    def write(self, line: str) -> None:
        self._file.handle(logging.makeLogRecord({"msg": line[:MOST_LINE]}))

    def close(self) -> None:
        self._file.close()

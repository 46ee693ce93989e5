"""The statements that a screen takes."""

from __future__ import annotations

import logging

MOST = 6
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


class Queries(logging.Handler):
    """Every statement that peewee sends, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.statements.append(str(record.msg[0]))


def reads(queries: Queries) -> list[str]:
    return [each for each in queries.statements if not each.startswith(CONTROL)]

"""Long works of which one at a time is enough: a second one is told so, whichever process began the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import peewee
import psycopg

import models
import settings
from app.ops.console import Failure

#: Numbers that nothing else in the shop's database locks.
_NUMBERS = {"backup": 7_203_011, "drill": 7_203_012, "verify": 7_203_013}


class UnderWay(Failure):
    """Somebody else is at it."""


@contextmanager
def only(what: str) -> Iterator[None]:
    """Nobody else does `what` meanwhile. Raises UnderWay.

    The lock is that of a transaction on a connection of its own: it ends with the process, and a pooler keeps
    it.
    """
    with _connection() as turn:
        row = turn.execute("select pg_try_advisory_xact_lock(%s)", [_NUMBERS[what]]).fetchone()
        if not (row and row[0]):
            raise UnderWay(f"a {what} is under way already; wait for it, two at once gain nothing")
        turn.execute("set local idle_in_transaction_session_timeout = 0")
        yield


def _connection() -> models.Connection:
    """Raises peewee's error, as everything that asks the database does."""
    try:
        return models.Connection.connect(settings.current().database_url, **models.DIAL)
    except psycopg.OperationalError as error:
        raise peewee.OperationalError(str(error)) from error

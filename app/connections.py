"""Connections to PostgreSQL: given up when an answer stays away, asked before they are used again, pooled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from peewee import InternalError, OperationalError, Psycopg3Adapter
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase
from psycopg.pq import TransactionStatus

#: How libpq minds its connections. A dead peer is noticed within seconds. A pooler that hands out another
#: server with every transaction takes no `options` and keeps no prepared statements.
DIAL: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "prepare_threshold": None,
}
STATEMENT_S = 30.0
#: The kernel sees nothing wrong with a proxy that takes bytes and brings none back: only an answer tells.
#: The server gives up first, unless it cannot be heard.
MARGIN_S = 5.0
PING_S = 3.0
#: What a server says to a change that takes none.
READ_ONLY = "25006"

_LIMITS = """
select set_config('statement_timeout', %s, false),
       set_config('idle_in_transaction_session_timeout', '30s', false),
       set_config('timezone', 'UTC', false)
"""


class Connection(psycopg.Connection[Any]):
    """Given up, with an OperationalError, when an answer stays away for `answer_s` (None: for ever)."""

    answer_s: float | None = STATEMENT_S + MARGIN_S

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.answer_s if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # left in the middle of an answer: of no more use
            raise

    @contextmanager
    def answering_within(self, seconds: float | None) -> Iterator[None]:
        before, self.answer_s = self.answer_s, seconds
        try:
            yield
        finally:
            self.answer_s = before


class _Adapter(Psycopg3Adapter):
    def connect(self, db: Any, **params: Any) -> Connection:
        """Limits are set by statement: poolers refuse them in the startup packet."""
        statement_s = params.pop("statement_s")
        connection = Connection.connect(db.database, autocommit=True, **params)
        connection.answer_s = _answer_s(statement_s)
        connection.execute(_LIMITS, [_ms(statement_s)])
        return connection


class Database(PooledPostgresqlDatabase):
    """The pool: one connection a thread, waited for when all are in use."""

    psycopg3_adapter = _Adapter

    def connect(self, reuse_if_open: bool = False) -> bool:
        """Raises peewee's OperationalError, also when no connection became free in time."""
        try:
            return bool(super().connect(reuse_if_open))
        except MaxConnectionsExceeded:
            most, waited_s = self._max_connections, self._wait_timeout
            raise OperationalError(
                f"all {most} database connections of this process were in use for {waited_s} s"
            ) from None

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        try:
            return super().execute_sql(sql, params)
        except InternalError as error:
            if getattr(error.__cause__ or error.__context__, "sqlstate", None) == READ_ONLY:
                self._leave_replica()
            raise

    def _leave_replica(self) -> None:
        """A failover made a replica of this server; the address leads to another one by now."""
        self.connection().close()
        self.close_idle()

    def lend(self) -> None:
        """Give this thread's connection back, unless in a transaction; its next statement takes one again."""
        if not self.is_closed() and not self.in_transaction():
            self.close()

    def _is_closed(self, conn: Connection) -> bool:
        """Asks before a connection is used again. What ended or silenced one has most likely met others."""
        with conn.answering_within(PING_S):
            closed = bool(super()._is_closed(conn))
        if closed:
            self.close_idle()
        return closed

    @contextmanager
    def patience(self, statement_s: float | None) -> Iterator[None]:
        """Inside a transaction: its statements may take so long; None for as long as they need."""
        self.execute_sql("select set_config('statement_timeout', %s, true)", [_ms(statement_s)])
        with self.connection().answering_within(_answer_s(statement_s)):
            yield


def _ms(statement_s: float | None) -> str:
    return f"{(statement_s or 0) * 1000:.0f}"


def _answer_s(statement_s: float | None) -> float | None:
    return statement_s + MARGIN_S if statement_s else None

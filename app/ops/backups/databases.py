"""The databases of a backup, seen directly: one moment of each, whether one is empty, what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

import models
from app.audit import chain
from app.ops.console import Failure

#: What a backup says of the shop's database, and a restore finds again.
COUNTS = {
    "users": 'SELECT count(*) FROM "user"',
    "products": "SELECT count(*) FROM product",
    "stock_items": "SELECT count(*) FROM stock_item",
    "orders": 'SELECT count(*) FROM "order"',
    "payments": "SELECT count(*) FROM payment",
    "ledger_entries": "SELECT count(*) FROM ledger_entry",
    "ledger_sum": "SELECT coalesce(sum(amount), 0)::bigint FROM ledger_entry",
    "audit_events": "SELECT count(*) FROM audit_event",
}

#: Whatever people made: tables, views, sequences; not what an extension of the platform brought.
_FOUND = """
SELECT count(*) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""

Connection = models.Connection


@contextmanager
def connected(url: str, what: str) -> Iterator[Connection]:
    """Raises Failure naming `what` when it cannot be reached."""
    try:
        connection = Connection.connect(url, autocommit=True, **models.DIAL)
    except psycopg.Error as error:
        raise Failure(f"{what} cannot be reached: {' '.join(str(error).split())}") from None
    connection.answer_s = None
    with connection:
        yield connection


@contextmanager
def moment(url: str, what: str) -> Iterator[tuple[Connection, str]]:
    """A database as it is now, while the context lasts, and the name under which others see it so."""
    with connected(url, what) as connection:
        if is_pooled(connection):
            raise Failure(
                f"{what} is reached through a pooler, where pg_dump would change other people's sessions; "
                "give the shop the address of the server itself"
            )
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection, str(_one(connection, "SELECT pg_export_snapshot()"))


def is_pooled(connection: Connection) -> bool:
    """A pooler names another process than the one that answers."""
    return bool(connection.info.backend_pid != _one(connection, "SELECT pg_backend_pid()"))


def version(connection: Connection) -> int:
    return connection.info.server_version // 10_000


def counts(connection: Connection) -> dict[str, int]:
    return {name: int(_one(connection, query)) for name, query in COUNTS.items()}


def insist_on_empty(connection: Connection, what: str) -> None:
    """Raises Failure: a restore must never mix with, or take the place of, what is there."""
    if found := _one(connection, _FOUND):
        raise Failure(
            f"{what} is not empty ({found} tables, views or sequences): nothing was restored. "
            "Make a new, empty database and restore into that (with `make run`: move .quickcart/run away)"
        )


def _one(connection: Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    assert row
    return row[0]


def place(connection: Connection) -> tuple[Any, ...]:
    """What two addresses of the same database have in common."""
    row = connection.execute(
        "SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row
    return tuple(row)


def audit_head(connection: Connection) -> dict[str, Any] | None:
    """The last link of the audit's chain; None where nothing was shipped yet."""
    head = chain.head(connection) if has(connection, "audit_chain") else chain.EMPTY
    return {"seq": head.seq, "hash": head.hash.hex()} if head.seq else None


def has(connection: Connection, table: str) -> bool:
    return connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone() == (True,)

"""The audit database: how to reach it, its one table, and what keeps the application from changing that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors

import models
import settings

#: `payload` is exactly what was hashed; the columns behind `hash` are copies out of it, to look things up.
TABLE = """
CREATE TABLE IF NOT EXISTS audit_chain (
    seq bigint PRIMARY KEY,
    source uuid NOT NULL UNIQUE,
    payload text NOT NULL,
    hash bytea NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL
);
CREATE INDEX IF NOT EXISTS audit_chain_entity ON audit_chain (entity, seq);
CREATE INDEX IF NOT EXISTS audit_chain_actor ON audit_chain (actor, seq);
CREATE INDEX IF NOT EXISTS audit_chain_action ON audit_chain (action, seq);
CREATE INDEX IF NOT EXISTS audit_chain_at ON audit_chain (at);

CREATE OR REPLACE FUNCTION audit_chain_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_chain only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER audit_chain_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_refuses();
ALTER TABLE audit_chain ENABLE ALWAYS TRIGGER audit_chain_only_grows;
REVOKE ALL ON audit_chain FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_chain FROM CURRENT_USER;
"""

_GUARD = """
SELECT pg_has_role(current_user, relowner, 'MEMBER')
       OR has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')
       OR has_table_privilege(oid, 'TRUNCATE'),
       EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'audit_chain_only_grows'
               AND tgenabled = 'A')
FROM pg_class c
WHERE oid = to_regclass('audit_chain')
"""

#: What guards it: roles, or a trigger that the application's role could take away, or nothing.
GRANTS, TRIGGER, NOTHING = "grants", "trigger", "nothing"

#: Numbers that nothing else in that database locks: the table's making, and adding to it.
_MAKING, ADDING = 7_203_002, 7_203_003

#: How long it may stay away before it is away: whoever looks something up must not wait for long.
CONNECT_S, STATEMENT_S = 3, 10.0
#: Looking through millions of rows may take a while.
LONGEST_S = 900.0

#: A process has one connection at most; so do the plans of small shops.
_turn = threading.Lock()

Connection = models.Connection


class Away(Exception):
    """The audit database cannot be reached, or does not let us in. What it is for has to wait."""


@contextmanager
def opened(statement_s: float | None = STATEMENT_S) -> Iterator[Connection]:
    """A connection in autocommit, its table made if need be. Raises Away, also for what fails inside."""
    if not _turn.acquire(timeout=STATEMENT_S):
        raise Away("the one connection of this process is in use")
    try:
        with _connected(statement_s) as connection:
            if not _has_table(connection):
                _make(connection)
            yield connection
    except (psycopg.OperationalError, errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        raise Away(str(error)) from error
    finally:
        _turn.release()


def prepare() -> None:
    """Make what is missing there. Raises Away."""
    with opened():
        pass


def size() -> int:
    """Bytes of the whole database. Raises Away."""
    with opened() as connection:
        return int(_row(connection, "SELECT pg_database_size(current_database())")[0])


def guard(connection: Connection) -> str:
    """What keeps this role from changing what was written: GRANTS, TRIGGER or NOTHING."""
    may_change, triggered = _row(connection, _GUARD)
    if not may_change:
        return GRANTS
    return TRIGGER if triggered else NOTHING


def _connected(statement_s: float | None) -> Connection:
    dial: dict[str, Any] = {**models.DIAL, "connect_timeout": CONNECT_S}
    url = settings.current().audit_database_url
    connection = Connection.connect(url, autocommit=True, application_name="quickcart audit", **dial)
    connection.answer_s = statement_s + models.MARGIN_S if statement_s else None
    limit = f"{(statement_s or 0) * 1000:.0f}"
    connection.execute(
        "select set_config('statement_timeout', %s, false), set_config('timezone', 'UTC', false)", [limit]
    )
    return connection


def _has_table(connection: Connection) -> bool:
    return _row(connection, "SELECT to_regclass('audit_chain')")[0] is not None


def _make(connection: Connection) -> None:
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
        connection.execute(TABLE)


def _row(connection: Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row

"""Databases for tests: fast and unsafe settings, quick emptying, clones of the migrated template."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import psycopg
from psycopg import sql

import models
from app.local import embedded

#: A test's database need not survive a crash.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "autovacuum": "off",
}

# Empties what a test has filled, and only that. Deleting a test's few rows costs a fifth of a TRUNCATE, which
# makes new files; foreign keys need not be looked at when everything goes. What has grown is truncated.
_RESET = """
DO $$
DECLARE
    name text; filled boolean; grown text[] := '{}';
BEGIN
    FOR name IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT c.relispartition AND c.relname <> ALL (string_to_array('{kept}', ','))
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO filled;
        IF pg_relation_size(name::regclass) > 65536 THEN
            grown := grown || name;
        ELSIF filled THEN
            EXECUTE 'DELETE FROM ' || name;
        END IF;
    END LOOP;
    IF grown <> '{}' THEN
        EXECUTE 'TRUNCATE ' || array_to_string(grown, ', ') || ' CASCADE';
    END IF;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""


@contextmanager
def connected(url: str) -> Iterator[None]:
    """`models.db` is this database meanwhile."""
    here = models.db.database
    models.db.close_all()
    models.db.init(url)
    try:
        yield
    finally:
        models.db.close_all()
        models.db.init(here)


@dataclass(frozen=True)
class Servers:
    """The session's PostgreSQL, with its migrated database `template`, and the address of its Valkey."""

    postgres: embedded.Server
    redis_url: str


class Resettable:
    """A database that can be taken back to what the migrations left."""

    def __init__(self, admin_url: str) -> None:
        self._admin = psycopg.connect(admin_url, autocommit=True)
        self._admin.execute("SET lock_timeout = '10s'")  # an open transaction fails a test, never hangs it
        self._admin.execute("SET session_replication_role = 'replica'")  # no triggers, no foreign keys
        self._statement = _RESET.replace("{kept}", ",".join(self._filled()))

    def _filled(self) -> list[str]:
        """Tables that the migrations fill themselves (their own history) are left alone."""
        tables = self._admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in tables.fetchall() if self._has_rows(name)]

    def _has_rows(self, table: str) -> bool:
        query = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
        return self._admin.execute(query).fetchone() is not None

    def reset(self) -> None:
        self._admin.execute(self._statement.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._admin.close()


class Clones:
    """Databases copied from the migrated template, for processes that need one of their own."""

    _numbers = itertools.count(1)

    def __init__(self, postgres: embedded.Server) -> None:
        self._postgres = postgres

    def __call__(self) -> str:
        return self._postgres.ensure(f"clone_{next(self._numbers)}", "template")

"""Databases for tests: fast and unsafe settings, quick emptying, clones of the migrated template."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil
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
    "max_wal_size": "128MB",
    "autovacuum": "off",
}

#: Files in memory need not be written, nor be taken away again, which costs a disk seconds. Where there is
#: room for them: a container may have next to none.
MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 4 << 30
PREFIX = "quickcart-tests-"

#: A table larger than this is truncated.
GROWN_BYTES = 65536


@contextmanager
def short_lived_folder() -> Iterator[Path]:
    """For servers of a test or a session."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    where = MEMORY if usable and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES else None
    _forget_dead_ones()
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=where) as folder:
        yield Path(folder)


def _forget_dead_ones() -> None:
    """Folders in memory of processes that were killed."""
    for folder in MEMORY.glob(f"{PREFIX}*"):
        if not psutil.pid_exists(int(folder.name.removeprefix(PREFIX).partition("-")[0])):
            shutil.rmtree(folder, ignore_errors=True)


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


@dataclass(frozen=True)
class Kept:
    """The rows of each table that had any, and how far each sequence had come."""

    rows: dict[str, bytes]
    sequences: list[tuple[str, int]]


_REACHED = """
SELECT quote_ident(sequencename), last_value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL AND NOT starts_with(sequencename, 'schema_migration')
"""


class Resettable:
    """A database that can be taken back to what the migrations left, in a millisecond.

    Only what a test has filled is emptied. Deleting a test's few rows costs a fifth of a TRUNCATE, which
    makes new files; foreign keys need not be looked at when everything goes.
    """

    def __init__(self, admin_url: str) -> None:
        self._admin = psycopg.connect(admin_url, autocommit=True)
        self._admin.execute("SET lock_timeout = '10s'")  # an open transaction fails a test, never hangs it
        self._admin.execute("SET session_replication_role = 'replica'")  # no triggers, no foreign keys
        # As bytes: to compose them anew for every test costs more than to send them.
        self._used = sql.SQL(" UNION ALL ").join(map(_use_of, self._tables())).as_bytes(self._admin)
        self._count_anew = self._sequences().as_bytes(self._admin)

    def _tables(self) -> list[str]:
        """All but those that the migrations fill themselves (their own history)."""
        tables = self._admin.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        return [name for (name,) in tables.fetchall() if not self._has_rows(name)]

    def _has_rows(self, table: str) -> bool:
        query = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
        return self._admin.execute(query).fetchone() is not None

    def _sequences(self) -> sql.Composed:
        """A statement after which they begin where they began."""
        sequences = self._admin.execute(
            "SELECT sequencename, start_value FROM pg_sequences WHERE schemaname = 'public' AND NOT"
            " starts_with(sequencename, 'schema_migration')"
        )
        return sql.SQL("SELECT {}").format(
            sql.SQL(", ").join(
                sql.SQL("setval({}, {}, false)").format(f'"{name}"', start) for name, start in sequences
            )
        )

    def reset(self) -> None:
        used = self._admin.execute(self._used, prepare=True).fetchall()
        for name, grown in used:
            verb = sql.SQL("TRUNCATE {} CASCADE" if grown else "DELETE FROM {}")
            self._admin.execute(verb.format(sql.Identifier(name)))
        self._admin.execute(self._count_anew, prepare=True)

    def kept(self) -> Kept:
        """What is in it now."""
        used = self._admin.execute(self._used, prepare=True).fetchall()
        sequences = self._admin.execute(_REACHED).fetchall()
        return Kept({name: self._rows(name) for name, _ in used}, sequences)

    def _rows(self, table: str) -> bytes:
        query = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
        with self._admin.cursor().copy(query) as rows:
            return b"".join(rows)

    def put_back(self, kept: Kept) -> None:
        """Instead of what is in it now, in milliseconds."""
        self.reset()
        for table, rows in kept.rows.items():
            fill = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
            with self._admin.cursor().copy(fill) as copy:
                copy.write(rows)
        with self._admin.cursor() as cursor:
            cursor.executemany("SELECT setval(%s, %s)", kept.sequences)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._admin.close()


def _use_of(table: str) -> sql.Composed:
    """Its name and whether it has grown, if there is anything in it."""
    return sql.SQL(
        "SELECT {name}, grown FROM (SELECT pg_relation_size({quoted}) > {limit} AS grown)"
        " WHERE grown OR EXISTS (SELECT 1 FROM {table})"
    ).format(name=table, quoted=f'"{table}"', limit=GROWN_BYTES, table=sql.Identifier(table))


class Clones:
    """Databases copied from the migrated template, for processes that need one of their own."""

    _numbers = itertools.count(1)

    def __init__(self, postgres: embedded.Server) -> None:
        self._postgres = postgres

    def __call__(self) -> str:
        return self._postgres.ensure(f"clone_{next(self._numbers)}", "template")

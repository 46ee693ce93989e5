"""Two throw-away databases for a drill: on a server of their own, or beside the shop's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from app.ops.backups import databases


class NoPlace(Exception):
    """Neither is possible here; the message says what would help."""


@contextmanager
def throw_away(url: str) -> Iterator[tuple[str, str]]:
    """Addresses for the shop and its audit, gone at the end. `url`: the shop's own. Raises NoPlace."""
    try:
        from app.local import daemons, embedded
    except ImportError:  # a deployment without what `make run` brings
        with _beside(url) as places:
            yield places
        return
    with tempfile.TemporaryDirectory(prefix="quickcart-drill-") as folder:
        try:
            server = embedded.postgres(Path(folder) / "postgres", fsync="off")
            started = server.__enter__()
        except daemons.StartFailed:
            with _beside(url) as places:
                yield places
            return
        try:
            yield started.ensure("quickcart"), started.ensure("quickcart_audit")
        finally:
            server.__exit__(None, None, None)


@contextmanager
def _beside(url: str) -> Iterator[tuple[str, str]]:
    names = [f"quickcart_drill_{os.getpid()}_{what}" for what in ("shop", "audit")]
    with databases.connected(url, "the shop's database") as connection:
        try:
            for name in names:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
                )
            yield make_conninfo(url, dbname=names[0]), make_conninfo(url, dbname=names[1])
        except psycopg.errors.InsufficientPrivilege:
            raise NoPlace(
                "there is no place for a drill: the shop's role may not create databases and embedded "
                "PostgreSQL is not installed; on a machine with `make run`, drill a file: "
                "python -m app.ops backup drill FILE --identity KEYFILE"
            ) from None
        finally:
            for name in names:
                with suppress(psycopg.Error):
                    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                    connection.execute(drop)

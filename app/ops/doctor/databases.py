"""The doctor's look at both PostgreSQL databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg

import settings
from app import migrations
from app.audit import archive
from app.backoffice.alerts.upkeep import FULL_PERCENT, MIB
from app.infra.health import bots
from app.ops.backups import databases, programs
from app.ops.backups.databases import Connection
from app.ops.console import Failure
from app.ops.doctor.line import Line, clock, ok, warning, wrong

OLDEST = 14
#: What web, worker and clock take at most.
NEEDED = 10
_CONNECTIONS = """
SELECT least(
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
    nullif(rolconnlimit, -1)
) - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')
FROM pg_roles
WHERE rolname = current_user
"""


def shop() -> Iterator[Line]:
    try:
        with databases.connected(settings.current().database_url, "DATABASE_URL") as connection:
            yield from _server("database", connection)
            yield from _schema(connection)
            yield from _bot(connection)
            yield from _free(connection)
            yield from _dump(connection)
            yield _room("database", connection, settings.current().database_max_mb)
            (now,) = connection.execute("SELECT clock_timestamp()").fetchone() or (datetime.now(UTC),)
            yield clock("PostgreSQL", now)
    except (Failure, psycopg.Error) as error:
        yield wrong("database", _words(error), "start it, or correct DATABASE_URL")


def audit() -> Iterator[Line]:
    current = settings.current()
    try:
        with databases.connected(current.audit_database_url, "AUDIT_DATABASE_URL") as connection:
            yield from _server("audit database", connection)
            yield from _protected(connection)
            yield _room("audit database", connection, current.audit_database_max_mb)
            with databases.connected(current.database_url, "DATABASE_URL") as other:
                yield _apart(databases.place(connection), databases.place(other))
    except (Failure, psycopg.Error) as error:
        yield wrong("audit database", _words(error), "start it, or correct AUDIT_DATABASE_URL")


def _server(about: str, connection: Connection) -> Iterator[Line]:
    version = databases.version(connection)
    if version < OLDEST:
        yield warning(about, f"PostgreSQL {version} is old", f"move to {OLDEST} or newer")
    else:
        yield ok(about, f"PostgreSQL {version}")


def _schema(connection: Connection) -> Iterator[Line]:
    try:
        applied = [str(name) for (name,) in connection.execute(migrations.APPLIED.encode()).fetchall()]
    except psycopg.errors.UndefinedTable:
        applied = []
    if missing := migrations.missing(applied):
        yield wrong("schema", f"{len(missing)} migrations are missing", "python -m app.ops migrate")
    elif later := migrations.later(applied):
        says = f"{later[-1]} comes from a later release; this one lives with the next one's changes alone"
        yield warning("schema", says, "deploy the release that the database, or its backup, comes from")
    else:
        yield ok("schema", "as new as this release")


def _bot(connection: Connection) -> Iterator[Line]:
    if not databases.has(connection, "setting"):
        return
    (known,) = connection.execute(bots.KNOWN.encode()).fetchone() or (None,)
    if complaint := bots.complaint(known):
        meaning, _, remedy = complaint.partition(": ")
        yield wrong("bot of the database", meaning, remedy)


def _free(connection: Connection) -> Iterator[Line]:
    (free,) = connection.execute(_CONNECTIONS).fetchone() or (0,)
    if free < NEEDED:
        yield warning(
            "connections",
            f"{free} are free, the shop takes up to {NEEDED}: jobs may have to wait",
            "end what else uses the database, or take a larger plan",
        )
    else:
        yield ok("connections", f"{free} are free")


def _room(about: str, connection: Connection, limit_mb: int | None) -> Line:
    """How much of its plan a database takes, which no database knows by itself."""
    (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
    size_mb, about = size // MIB, f"{about} size"
    if limit_mb is None:
        name = about.removesuffix(" size").upper().replace(" ", "_")
        return ok(about, f"{size_mb} MB; with {name}_MAX_MB set, admins are told when its plan is 80 % full")
    if size_mb > limit_mb * FULL_PERCENT / 100:
        return warning(about, f"{size_mb} MB of {limit_mb} are used", "take a larger plan")
    return ok(about, f"{size_mb} MB of {limit_mb} are used")


def _dump(connection: Connection) -> Iterator[Line]:
    """Whether a backup could be made here; other machines may have another one."""
    if not settings.current().makes_backups:
        return
    if databases.is_pooled(connection):
        yield wrong(
            "pg_dump",
            "DATABASE_URL leads through a pooler: no backup can be made here",
            "give the shop the address of the server itself",
        )
        return
    try:
        program = programs.newest("pg_dump", databases.version(connection))
    except Failure as missing:
        says, _, remedy = str(missing).partition("; ")
        yield wrong("pg_dump", f"{says}: no backup can be made here", remedy)
    else:
        yield ok("pg_dump", f"version {program.major}")


def _protected(connection: Connection) -> Iterator[Line]:
    if not databases.has(connection, "audit_chain"):
        yield warning("audit trail", "nothing was written there yet", "the first events come within a minute")
        return
    guard = archive.guard(connection)
    if guard == archive.GRANTS:
        yield ok("audit trail", "the shop's role may only add to it")
    elif guard == archive.TRIGGER:
        yield ok("audit trail", "a trigger refuses changes; grants of the shop's role alone would not")
    else:
        yield wrong(
            "audit trail",
            "events there can be changed and removed",
            "see who owns audit_chain: the shop made it with a trigger that somebody has taken away",
        )


def _apart(one: tuple[object, ...], other: tuple[object, ...]) -> Line:
    if one == other:
        return wrong(
            "two databases",
            "AUDIT_DATABASE_URL is the shop's own database: who can change one can change both",
            "make another database for the audit trail, best on another server",
        )
    if one[0] == other[0]:
        return warning("two databases", "both are on one server", "put the audit on another in production")
    return ok("two databases", "shop and audit are on different servers")


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


PROBES = (shop, audit)

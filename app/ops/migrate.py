"""`migrate`: bring the database up to date, at every release.

A change may take as long as it needs, but it waits only a moment for a table: whoever comes after it would
wait behind it, and that is the whole shop. So it lets them pass and tries again.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import peewee
import structlog
from playhouse.migrations import Runner

import models
import settings
from app import audit, migrations
from app.audit import archive
from app.catalogue import stock_key
from app.infra import logs, stored, transactions
from app.infra.health import bots
from app.ops import console, doctor
from app.people import menus
from models import db

log = structlog.get_logger()

_LOCK = 7_203_001  # an arbitrary number that nothing else in this database locks

#: How long a change waits for a table, how often it tries, and how long it lets others pass in between.
TABLE_WAIT_S, TRIES, PASS_S = 3.0, 40, 2.0
_COLUMNS = """
SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
"""
_OPEN = """
SELECT pid, application_name, state, extract(epoch FROM clock_timestamp() - xact_start)::int
FROM pg_stat_activity holds
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
  AND (backend_xmin IS NOT NULL
       OR EXISTS (SELECT FROM pg_locks WHERE pg_locks.pid = holds.pid AND locktype = 'relation'))
ORDER BY xact_start
LIMIT 3
"""
#: How often a second release asks whether the first is done.
TURN_S = 0.5


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("migrate", help="bring the database up to date")
    parser.add_argument("--new-bot", action="store_true", help="from now on the database is this bot's")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    for name in apply():
        print(f"applied {name}")
    print("the database is up to date")
    with db.connection_context():
        menus.publish()
        if args.new_bot:
            adopt()
    try:
        archive.prepare()
    except archive.Away as error:
        why = logs.redact(str(error))
        print(f"warning: audit events wait, their database is away: {why}", file=sys.stderr)
    try:
        stock_key.check()
    except stock_key.WrongKey as error:
        raise console.Failure(str(error)) from None
    doctor.warn()
    return 0


def adopt() -> None:
    """The shop has a new bot: what `bots` says of that is over."""
    with transactions.atomic():
        bot = settings.current().bot_id
        audit.record("bot.changed", "shop", before=stored.get(bots.KEY), bot=bot)
        stored.put(bots.KEY, bot)


def apply() -> list[str]:
    """Bring the database up to date; return the names applied. Two releases at once take turns.

    Raises Failure where a table stays in use (what came before that migration is applied, and the next call
    goes on from there), and where a database has the names of all migrations but not their columns.
    """
    with db.connection_context(), _alone():
        applied: list[str] = _Patient(db, directory=str(migrations.FOLDER)).up()
        _insist_on_columns()
    return applied


@contextmanager
def _alone() -> Iterator[None]:
    """The lock is that of an open transaction: a session's would get lost in a pooler."""
    with models.Connection.connect(db.database, **models.DIAL) as turn:
        while not _takes_turn(turn):
            turn.rollback()
            threading.Event().wait(TURN_S)
        yield


def _takes_turn(turn: models.Connection) -> bool:
    """Without waiting in a statement: an index built CONCURRENTLY waits for those, as for what they saw."""
    row = turn.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK]).fetchone()
    turn.execute("set local idle_in_transaction_session_timeout = 0")
    return bool(row and row[0])


class _Patient(Runner):  # type: ignore[misc]
    """Each migration under its own limits, again and again while a table is in use."""

    def __init__(self, *args: Any, tries: int = TRIES, **options: Any) -> None:
        super().__init__(*args, **options)
        self._tries = tries

    def _run(self, name: str, module: Any, direction: str, fake: bool = False) -> None:
        for _ in range(self._tries):
            try:
                with _limits(local=getattr(module, "atomic", True)):
                    super()._run(name, module, direction, fake)
                return
            except peewee.OperationalError as error:
                if not transactions.lock_was_taken(error):
                    raise
                log.warning("a table is in use, the migration waits", migration=name)
            threading.Event().wait(PASS_S)
        raise console.Failure(
            f"{name} found a table in use {self._tries} times; end what holds it and migrate again. "
            f"Open for longest: {_longest_open()}"
        )


def _longest_open() -> str:
    """The transactions that a change most likely waited for, as an operator can end them."""
    open_ = [
        f"pid {pid} ({program or 'no name'}, {state or 'state unknown'}, {seconds} s)"
        for pid, program, state, seconds in db.execute_sql(_OPEN).fetchall()
    ]
    return ", ".join(open_) or "nothing by now"


@contextmanager
def _limits(*, local: bool) -> Iterator[None]:
    """No end for a statement, a short one for waiting. `local`: with the transaction, else until set back."""
    with db.atomic() if local else nullcontext():
        _set("0", f"{TABLE_WAIT_S:.0f}s", local=local)
        try:
            with db.connection().answering_within(None):
                yield
        finally:
            if not local:
                _set(f"{models.STATEMENT_S:.0f}s", "0", local=False)


def _set(statement: str, lock: str, *, local: bool) -> None:
    db.execute_sql(
        "select set_config('statement_timeout', %s, %s), set_config('lock_timeout', %s, %s)",
        [statement, local, lock, local],
    )


def _insist_on_columns() -> None:
    """A demo's folder may be older than the first release, whose migration has the name of one back then."""
    there = set(db.execute_sql(_COLUMNS).fetchall())
    wanted = {
        (table._meta.table_name, field.column_name)
        for table in models.Table.__subclasses__()
        for field in table._meta.sorted_fields
    }
    if lacking := sorted(".".join(name) for name in wanted - there):
        raise console.Failure(
            f"this database was made by an unreleased version and lacks {', '.join(lacking)}. "
            "A demo starts afresh with: make demo RESET=1"
        )

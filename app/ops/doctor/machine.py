"""The doctor's look at the stock key, the disk, and the backups."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import peewee

import settings
from app.backoffice import backups
from app.catalogue import stock_key
from app.infra import startup
from app.ops.doctor.line import Line, ok, warning, wrong
from models import db, utcnow

#: Less than both is little.
LEAST_BYTES, LEAST_SHARE = 1_000_000_000, 0.1
OLDEST_BACKUP = timedelta(hours=26)


def stock() -> Iterator[Line]:
    try:
        with db.connection_context():
            stock_key.look()
    except stock_key.WrongKey as error:
        meaning, _, remedy = str(error).partition(": ")
        yield wrong("stock key", meaning, remedy)
    except peewee.PeeweeException:
        return  # the database's line says it
    else:
        yield ok("stock key", "it opens the stock")


def secrets() -> Iterator[Line]:
    for says in startup.weak_secrets():
        yield warning("secrets", says, "make another one, as .env.example tells")


def disk() -> Iterator[Line]:
    for place in {Path(tempfile.gettempdir()), _existing(settings.current().backup_dir or ".")}:
        try:
            usage = shutil.disk_usage(place)
        except OSError as error:
            yield wrong(
                f"disk of {place}", f"cannot be read ({error.strerror})", "let the shop's user read it"
            )
            continue
        free = f"{usage.free / 1e9:.1f} GB free"
        if usage.free < LEAST_BYTES and usage.free < usage.total * LEAST_SHARE:
            yield warning(f"disk of {place}", free, "make room: backups and databases need it")
        else:
            yield ok(f"disk of {place}", free)


def _existing(folder: str) -> Path:
    """It is made with the first backup: until then what it will be made in."""
    path = Path(folder).expanduser().resolve()
    return next(step for step in (path, *path.parents) if step.is_dir())


def backed_up() -> Iterator[Line]:
    if not settings.current().makes_backups:
        yield warning(
            "backups",
            "none are made: a lost database is a lost shop",
            "set BACKUP_RECIPIENT, and BACKUP_CHAT_ID or BACKUP_DIR",
        )
        return
    try:
        with db.connection_context():
            last, drill = backups.last_made_at(), backups.last_drill()
    except peewee.PeeweeException:
        return
    if last is None or utcnow() - last > OLDEST_BACKUP:
        when = f"the last is of {last:%Y-%m-%d %H:%M} UTC" if last else "none was made yet"
        yield warning("backups", when, "do worker and clock run? try: python -m app.ops backup make")
    else:
        yield ok("backups", f"the last is of {last:%Y-%m-%d %H:%M} UTC")
    if drill and drill["outcome"] != backups.OK:
        first = (drill["problems"] or ["?"])[0]
        yield warning("drill", f"{drill['outcome']}: {first}", "python -m app.ops backup drill")


PROBES = (stock, secrets, disk, backed_up)

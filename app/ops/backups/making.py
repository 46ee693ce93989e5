"""A backup from the first query to the last part in the chat.

The shop's database first: what is audited meanwhile is then in the audit's dump only, never the other way.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pyrage import x25519

import settings
from app.backoffice import backups
from app.errors import ClientError, Flood
from app.infra import crypto, release
from app.infra.health import version
from app.ops import turns
from app.ops.backups import archive, caption, databases, programs
from app.ops.console import Failure
from models import utcnow

#: What stays in the folder; older ones go when a new one is whole.
KEPT_FILES = 30
#: A chat takes a message a second; nobody else could send the parts that lie on this machine.
WAITS, LONGEST_WAIT_S = 20, 60.0
_PREFIX = "quickcart-backup-"
#: Folders of the machine for what is at work; see also drill.py, and workers/jobs/exports.py.
_UNENCRYPTED = (f"{_PREFIX}*", "quickcart-drill-*", "quickcart-export-*")
_DUMP = ("--format=custom", "--no-owner", "--no-acl", "--lock-wait-timeout=60s")


@dataclass(frozen=True)
class Made:
    file: Path
    manifest: dict[str, Any]


def back_up() -> backups.Facts:
    """Make one, keep it where the settings say, and note it. Raises Failure (UnderWay too), ClientError."""
    current = settings.current()
    if not current.backup_recipient:
        raise Failure(f"BACKUP_RECIPIENT is not set; make a pair of keys with: {settings.MAKE_A_PAIR}")
    if not current.makes_backups:
        raise Failure("there is no place for a backup: set BACKUP_CHAT_ID, BACKUP_DIR, or both")
    _forget_leftovers(Path(tempfile.gettempdir()), *_UNENCRYPTED)
    with turns.only("backup"), tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        made = make(Path(folder), x25519.Recipient.from_str(current.backup_recipient))
        size = made.file.stat().st_size
        facts = {
            "at": made.manifest["made_at"],
            "name": made.file.name,
            "bytes": size,
            "parts": archive.part_count(size),
            "folder": keep(made.file, current.backup_dir),
            "chat_id": _send(made, current.backup_chat_id),
            "manifest": made.manifest,
        }
    backups.note_made(facts)
    return facts


def _forget_leftovers(folder: Path, *patterns: str) -> None:
    """What killed processes left there. What another one is at now is younger."""
    oldest_s = time.time() - programs.LONGEST_S
    for left in [found for pattern in patterns for found in folder.glob(pattern)]:
        with suppress(OSError):
            if left.stat().st_mtime < oldest_s:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def make(folder: Path, recipient: x25519.Recipient) -> Made:
    """In `folder`, which nobody else may read: what is there until it is encrypted holds people's data."""
    current = settings.current()
    manifest = {
        "format": archive.FORMAT,
        "made_at": utcnow().isoformat(timespec="seconds"),
        "bot_id": current.bot_id,
        "release": release.number(),
        "schema": version.schema().latest,
        "stock_key": crypto.marks()[0],
        **_dump_shop(current.database_url, folder / archive.SHOP),
        **_dump_audit(current.audit_database_url, folder / archive.AUDIT),
    }
    file = folder / f"quickcart-{utcnow():%Y%m%d-%H%M%S}.age"
    archive.pack(folder, manifest, file, recipient)
    return Made(file, manifest)


def _dump_shop(url: str, target: Path) -> dict[str, Any]:
    with databases.moment(url, "the shop's database") as (connection, snapshot):
        server = databases.version(connection)
        counts = databases.counts(connection)
        _dump(url, server, snapshot, target)
    return {"server": server, "counts": counts}


def _dump_audit(url: str, target: Path) -> dict[str, Any]:
    with databases.moment(url, "the audit database") as (connection, snapshot):
        head = databases.audit_head(connection)
        _dump(url, databases.version(connection), snapshot, target)
    return {"audit_head": head}


def _dump(url: str, server: int, snapshot: str, target: Path) -> None:
    program = programs.newest("pg_dump", server)
    programs.run(program, url, *_DUMP, f"--snapshot={snapshot}", f"--file={target}")


def keep(file: Path, folder: str | None) -> str | None:
    """Whole or not at all: it gets its name when all of it is there, and a disk that is full by then gets its
    room back. Raises Failure."""
    if not folder:
        return None
    home = Path(folder).expanduser()
    draft = home / f".{file.name}.part"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.touch(0o600)
        shutil.copyfile(file, draft)
        draft.replace(home / file.name)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise Failure(f"BACKUP_DIR ({home}) cannot be written to: {error.strerror}") from None
    for old in sorted(home.glob("quickcart-*.age"))[:-KEPT_FILES]:
        old.unlink(missing_ok=True)
    _forget_leftovers(home, ".quickcart-*.part")
    return str(home)


def _send(made: Made, chat_id: int | None) -> int | None:
    if chat_id is None:
        return None
    from app.clients import telegram  # half a second that the other commands need not wait

    bot, count = telegram.client(), archive.part_count(made.file.stat().st_size)
    for number, (name, content) in enumerate(archive.cut(made.file), 1):
        words = caption.of(made.manifest, made.file.name, number, count)
        try:
            _patiently(partial(bot.send_document, chat_id, content, name, words))
        except ClientError as error:
            raise Failure(
                f"BACKUP_CHAT_ID ({chat_id}) did not take part {number} of {count}: "
                f"{type(error).__name__} {error}; may the bot write there?"
            ) from error
    return chat_id


def _patiently(send: Callable[[], int]) -> None:
    """Raises ClientError; Flood only when it has heard of it for many minutes."""
    for _ in range(WAITS):
        try:
            send()
            return
        except Flood as flood:
            threading.Event().wait(min(flood.retry_after_s, LONGEST_WAIT_S))
    send()

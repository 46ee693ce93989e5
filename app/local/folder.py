"""The one folder that the demo, or `make run`, keeps its state in: who uses it, and secrets made once."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: For the lock of someone who says that they are there, and of someone who comes or goes.
PATIENCE_S, LONG_PATIENCE_S = 1.0, 15.0


class InUse(Exception):
    """Another process holds the folder; the message is what it left there about itself."""


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Make the folder and hold it; the lock ends with this process, however that ends. Raises InUse.

    One who is just starting or stopping is waited for; main thread only. From here on, whatever this process
    and its children make is for their user alone.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    _close_to_others(folder)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        words = os.read(lock, 1000).decode()
        with _limited(PATIENCE_S if words else LONG_PATIENCE_S, InUse(words)):
            fcntl.flock(lock, fcntl.LOCK_EX)
        os.ftruncate(lock, 0)
        yield folder
    finally:
        os.close(lock)


def _close_to_others(folder: Path) -> None:
    """Also what an earlier release left open. What PostgreSQL keeps is closed anyway."""
    folder.chmod(0o700)
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(0o600)


@contextmanager
def _limited(seconds: float, error: Exception) -> Iterator[None]:
    """Interrupt what blocks for longer than that."""

    def give_up(*_: object) -> None:
        raise error

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def sign(folder: Path, words: str) -> None:
    """What others who want the folder are told; nothing while starting and stopping."""
    (folder / "lock").write_text(words)


def wipe(folder: Path) -> None:
    """Everything but the lock, which must stay the same file. What an ending server takes away itself, just
    now, is gone as well."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, onerror=_unless_gone)
        elif path.name != "lock":
            path.unlink(missing_ok=True)


def _unless_gone(_call: object, _path: str, failure: tuple[type, BaseException, object]) -> None:
    if not isinstance(failure[1], FileNotFoundError):
        raise failure[1]


def kept_secrets(folder: Path) -> dict[str, str]:
    """Made on the first start and the same ever after."""
    path = folder / "secrets.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    made = _fresh() | known
    if made != known:
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(made, indent=1))
        draft.rename(path)
    return made


def _fresh() -> dict[str, str]:
    """From the system's random numbers, as `secrets` would: importing that takes 2 MiB of the supervisor."""
    return {
        "TELEGRAM_BOT_TOKEN": f"{10**9 + int.from_bytes(os.urandom(4))}:{_token(26)}",
        "TELEGRAM_WEBHOOK_SECRET": _token(24),
        "PAKASIR_API_KEY": _token(24),
        "PAKASIR_WEBHOOK_SECRET": _token(24),
        "STOCK_ENCRYPTION_KEY": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "OPS_PASSWORD": _token(9),
    }


def _token(size: int) -> str:
    """So many bytes, as text for an address."""
    return base64.urlsafe_b64encode(os.urandom(size)).decode().rstrip("=")

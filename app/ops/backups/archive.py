"""One file that only the owner of the age key opens: a manifest and two dumps. Cut for the chat."""

from __future__ import annotations

import errno
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from pyrage import x25519

from app.ops.console import Failure

MANIFEST, SHOP, AUDIT = "manifest.json", "shop.dump", "audit.dump"
FORMAT = 1
#: Telegram takes 50 MB of a bot.
PART_BYTES = 45_000_000
_PART = re.compile(r"(.+)\.(\d{3})")
#: A disk, a quota, or the size that a file may have is at its end.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def pack(folder: Path, manifest: dict[str, Any], target: Path, recipient: x25519.Recipient) -> None:
    """What lies in `folder` becomes `target`, and is gone from there. Raises Failure."""
    with _room(folder):
        (folder / MANIFEST).write_text(json.dumps(manifest))
        whole = folder / "whole.tar"
        with tarfile.open(whole, "w") as tar:
            for name in (MANIFEST, SHOP, AUDIT):
                tar.add(folder / name, name)
                (folder / name).unlink()
        draft = target.with_name(f".{target.name}.part")
        pyrage.encrypt_file(str(whole), str(draft), [recipient])
        whole.unlink()
        draft.replace(target)


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """A disk without room is no damaged backup: says which, and what to do. Raises Failure."""
    try:
        yield
    except (OSError, pyrage.EncryptError) as error:
        if isinstance(error, OSError) and error.errno not in FULL:
            raise
        raise Failure(
            f"there is no room in {folder.parent} ({error}): a backup takes some three times its size there "
            "while it is made or opened; make room, or let TMPDIR name another folder"
        ) from None


def unpack(file: Path, identity: x25519.Identity, folder: Path) -> dict[str, Any]:
    """Into `folder`; the manifest. `file`: whole, or the first of its parts. Raises Failure."""
    whole = folder / "whole.tar"
    with _room(folder), whole.open("wb") as target:
        _decrypt(_Joined(parts(file)), target, identity)
    try:
        with _room(folder), tarfile.open(whole) as tar:
            for name in (MANIFEST, SHOP, AUDIT):
                _extract(tar, name, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        release = manifest["release"] if isinstance(manifest, dict) else None
    except (tarfile.TarError, KeyError, ValueError):
        release = None
    if release is None:
        raise Failure(f"{file.name} opens, but is no backup of this shop's software")
    if manifest.get("format") != FORMAT:
        raise Failure(f"{file.name} is of another release, {release}; restore it with that one")
    whole.unlink()
    return manifest


def _extract(tar: tarfile.TarFile, name: str, folder: Path) -> None:
    """Raises KeyError for what is no file."""
    member = tar.getmember(name)
    if not member.isreg():
        raise KeyError(name)
    tar.extract(member, folder, filter="data")


def _decrypt(source: Any, target: IO[bytes], identity: x25519.Identity) -> None:
    try:
        pyrage.decrypt_io(source, target, [identity])
    except pyrage.DecryptError as error:
        if "matching keys" in str(error):
            raise Failure(
                "this identity does not open the backup: it was encrypted to another age key; "
                "give the secret half (AGE-SECRET-KEY-…) of what BACKUP_RECIPIENT was then"
            ) from None
        raise Failure(
            "this is no backup, or its beginning is missing; take the file as it was kept"
        ) from None
    except OSError as error:
        if error.errno in FULL:
            raise
        if error.errno:
            raise Failure(f"the backup cannot be read: {error.strerror}") from None
        raise Failure(
            "the backup is cut off or damaged, nothing was restored: fetch the file again (every part "
            "of it), or take the backup before it"
        ) from None


def identity(text: str) -> x25519.Identity:
    """From what `age-keygen` or pyrage wrote, comments included. Raises Failure."""
    found = re.search(r"AGE-SECRET-KEY-1[0-9A-Z]+", text.upper())
    try:
        return x25519.Identity.from_str(found[0] if found else "")
    except pyrage.IdentityError:
        raise Failure("this is no age identity: it must hold a line AGE-SECRET-KEY-1…") from None


def cut(file: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what goes to the chat, one after another."""
    count = part_count(file.stat().st_size)
    with file.open("rb") as source:
        for number in range(1, count + 1):
            yield (file.name if count == 1 else f"{file.name}.{number:03}", source.read(PART_BYTES))


def part_count(size: int) -> int:
    return max(1, -(-size // PART_BYTES))


def parts(file: Path) -> Sequence[Path]:
    """The files that belong together, in order. Raises Failure for one that is not there."""
    if not file.is_file():
        raise Failure(f"there is no file {file}")
    found = _PART.fullmatch(file.name)
    if not found:
        return [file]
    numbered = sorted(file.parent.glob(f"{found[1]}.[0-9][0-9][0-9]"))
    for number, path in enumerate(numbered, 1):
        if path.name != f"{found[1]}.{number:03}":
            raise Failure(f"part {found[1]}.{number:03} is missing beside {file.name}; put all parts there")
    return numbered


class _Joined:
    """Files read as one."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = list(files)
        self._open: IO[bytes] | None = None

    def read(self, size: int = -1) -> bytes:
        while self._open or self._files:
            if self._open is None:
                self._open = self._files.pop(0).open("rb")
            if data := self._open.read(size):
                return data
            self._open.close()
            self._open = None
        return b""

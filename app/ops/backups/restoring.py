"""A backup back into empty databases: everything that could be wrong is looked at before the first change."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from pyrage import x25519

from app.infra import crypto
from app.ops.backups import archive, databases, programs
from app.ops.console import Failure

_SHOP, _AUDIT = "the database to restore into", "the audit database to restore into"


def restore(
    file: Path, identity: x25519.Identity, into: str, audit_into: str | None, *, key_lost: bool = False
) -> dict[str, Any]:
    """The manifest of what is now there. `key_lost`: also when nothing opens its goods. Raises Failure."""
    if audit_into and _same(into, audit_into):
        raise Failure("the shop and its audit need two databases, --into and --audit-into name the same")
    _insist(into, _SHOP)
    if audit_into:
        _insist(audit_into, _AUDIT)
    with tempfile.TemporaryDirectory(prefix="quickcart-restore-") as home:
        folder = Path(home)
        manifest = archive.unpack(file, identity, folder)
        if not key_lost:
            _insist_on_key(manifest)
        _fill(into, _SHOP, folder / archive.SHOP, manifest)
        if audit_into:
            _fill(audit_into, _AUDIT, folder / archive.AUDIT, manifest)
    return manifest


def differences(url: str, manifest: dict[str, Any]) -> list[str]:
    """Where a restored database is not what its manifest says."""
    with databases.connected(url, _SHOP) as connection:
        found = databases.counts(connection)
    wanted = manifest["counts"]
    return [
        f"{name}: the manifest says {wanted[name]}, the copy has {found[name]}"
        for name in wanted
        if found.get(name) != wanted[name]
    ]


def _insist(url: str, what: str) -> None:
    with databases.connected(url, what) as connection:
        databases.insist_on_empty(connection, what)


def _insist_on_key(manifest: dict[str, Any]) -> None:
    if manifest["stock_key"] not in crypto.marks():
        raise Failure(
            "STOCK_ENCRYPTION_KEY does not open the goods of this backup, nothing was restored: set the "
            f"key with the mark {manifest['stock_key']} (the one here has {crypto.marks()[0]}), or, if it "
            "is lost for good, restore with --key-lost and then run: python -m app.ops keys abandon --yes"
        )


def _fill(url: str, what: str, dump: Path, manifest: dict[str, Any]) -> None:
    """In one transaction: a restore that fails leaves nothing behind."""
    with databases.connected(url, what) as connection:
        server = databases.version(connection)
        if server < manifest["server"]:
            raise Failure(
                f"{what} is on PostgreSQL {server}; this backup needs {manifest['server']} or newer"
            )
        databases.insist_on_empty(connection, what)
    program = programs.newest("pg_restore", manifest["server"])
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl")
    programs.run(program, url, *options, str(dump))


def _same(one: str, other: str) -> bool:
    with databases.connected(one, _SHOP) as first, databases.connected(other, _AUDIT) as second:
        return databases.place(first) == databases.place(second)

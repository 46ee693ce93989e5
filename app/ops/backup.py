"""`backup make|list|drill|restore`: encrypted copies of both databases, and the way back from them."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

import settings
from app.backoffice import backups
from app.ops import console
from app.ops.console import Failure

HERE = "here"


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("backup", help="encrypted copies of both databases")
    actions = parser.add_subparsers(required=True, metavar="action")
    make = actions.add_parser("make", help="make one now; the clock makes one every night")
    make.set_defaults(run=make_)
    listed = actions.add_parser("list", help="the last ones, and the last drills")
    listed.set_defaults(run=list_)
    drill = actions.add_parser("drill", help="try a backup in throw-away databases; exit code 1 if it fails")
    drill.add_argument("file", type=Path, nargs="?", help="one as it was kept; without it, one made now")
    drill.set_defaults(run=drill_)
    restore = actions.add_parser("restore", help="a backup into empty databases")
    restore.add_argument("file", type=Path, help="the file, or its first part (.001) beside the others")
    restore.add_argument(
        "--into",
        metavar="URL",
        required=True,
        help="an empty database, or `here`: DATABASE_URL and the audit's",
    )
    restore.add_argument("--audit-into", metavar="URL", help="an empty database for the audit trail")
    restore.add_argument("--key-lost", action="store_true", help="though no key opens the goods any more")
    restore.set_defaults(run=restore_)
    for each in (drill, restore):
        each.add_argument(
            "--identity", metavar="FILE", type=Path, help="with AGE-SECRET-KEY-…; without it you are asked"
        )
    for each in (make, listed, drill, restore):
        console.add_json(each)


def make_(args: argparse.Namespace) -> int:
    from app.ops.backups import making  # the commands about other things need not wait for it

    facts = making.back_up()
    if args.json:
        console.document(facts)
        return 0
    print(f"made {facts['name']}, {_size(facts)}")
    if facts["folder"]:
        print(f"kept in {facts['folder']}")
    if facts["chat_id"]:
        print(f"sent to chat {facts['chat_id']} in {facts['parts']} parts")
    print(
        "keep elsewhere: the age identity, and STOCK_ENCRYPTION_KEY, "
        f"whose mark is {facts['manifest']['stock_key']}"
    )
    return 0


def list_(args: argparse.Namespace) -> int:
    if args.json:
        console.document({"backups": backups.made(), "drills": backups.drilled()})
        return 0
    none = "no backup was made yet; make one with: python -m app.ops backup make"
    console.rows([_row(facts) for facts in backups.made()], as_json=False, none=none)
    if drill := backups.last_drill():
        print(f"\nlast drill: {drill['at']}, {drill['outcome']}{_why(drill)}")
    return 0


def drill_(args: argparse.Namespace) -> int:
    from app.ops.backups import drill

    facts = drill.run_file(args.file, _identity(args.identity)) if args.file else drill.run()
    if args.json:
        console.document(facts)
    else:
        print(f"drill: {facts['outcome']} after {facts['seconds']} s{_why(facts)}")
    return 0 if facts["outcome"] == backups.OK else 1


def restore_(args: argparse.Namespace) -> int:
    from app.ops.backups import restoring

    into, audit_into = args.into, args.audit_into
    if into == HERE:
        into, audit_into = settings.current().database_url, settings.current().audit_database_url
    identity = _identity(args.identity)
    manifest = restoring.restore(args.file, identity, into, audit_into, key_lost=args.key_lost)
    wrong = restoring.differences(into, manifest)
    if wrong:
        raise Failure(f"restored, but not all is there: {'; '.join(wrong)}")
    if args.json:
        console.document(manifest)
        return 0
    console.facts(manifest["counts"] | {"made at": manifest["made_at"], "release": manifest["release"]})
    print("restored, and all that the manifest counts is there.")
    if not audit_into:
        print("the audit trail was left out; --audit-into URL restores it")
    if args.into != HERE:
        print(
            "now set DATABASE_URL and AUDIT_DATABASE_URL to these databases, then run `migrate` and `verify`"
        )
    return 0


def _identity(file: Path | None) -> Any:
    """From a file, or typed: an argument would stand in the shell's history."""
    from app.ops.backups import archive

    try:
        if file:
            return archive.identity(file.read_text())
        asked = sys.stdin.isatty()
        return archive.identity(
            getpass.getpass("age identity (AGE-SECRET-KEY-…): ") if asked else sys.stdin.read()
        )
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"the identity cannot be read: {error}") from None


def _row(facts: backups.Facts) -> dict[str, Any]:
    where = [facts["folder"], facts["chat_id"] and f"chat {facts['chat_id']}"]
    return {
        "at": facts["at"],
        "name": facts["name"],
        "size": _size(facts),
        "parts": facts["parts"],
        "where": ", ".join(filter(None, where)),
        "orders": facts["manifest"]["counts"]["orders"],
    }


def _size(facts: backups.Facts) -> str:
    return f"{facts['bytes'] / 1e6:.1f} MB"


def _why(facts: backups.Facts) -> str:
    return "".join(f"\n  {problem}" for problem in facts["problems"])

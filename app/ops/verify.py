"""`verify`: does everything hold that must? One line for each breach on stdout, and nothing else there."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from app.audit import archive
from app.ops import console, invariants, turns

_GUARDS = {
    archive.GRANTS: "grants keep the audit from being changed",
    archive.TRIGGER: "a trigger keeps the audit from being changed, which its owner could take away",
    archive.NOTHING: "nothing keeps the audit from being changed",
}


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("verify", help="check every invariant; exit code 1 when one is broken")
    console.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with turns.only("verify"):
        breaches = invariants.run()
    if args.json:
        console.document([asdict(breach) for breach in breaches])
    else:
        for breach in breaches:
            print(breach)
        if not breaches:
            print(f"all {len(invariants.CHECKS)} checks hold; {_guard()}", file=sys.stderr)
    return 1 if breaches else 0


def _guard() -> str:
    try:
        with archive.opened() as connection:
            return _GUARDS[archive.guard(connection)]
    except archive.Away:
        return "the audit database is away"

"""`migrate`: bring the database up to date, at every release."""

from __future__ import annotations

import argparse

from app import canary, migrations
from app.ops import console


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("migrate", help="bring the database up to date")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    try:
        applied = migrations.apply()
    except migrations.TableBusy as error:
        raise console.Failure(str(error)) from None
    for name in applied:
        print(f"applied {name}")
    print("the database is up to date")
    try:
        canary.check()
    except canary.WrongKey as error:
        raise console.Failure(str(error)) from None
    return 0

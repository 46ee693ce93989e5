"""`migrate`: bring the database up to date, at every release."""

from __future__ import annotations

import argparse

from app import migrations
from app.ops import console
from models import db


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("migrate", help="bring the database up to date")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    # Another release may be at it, and a large table takes its time: wait as long as that needs.
    db.execute_sql("SET statement_timeout = 0")
    for name in migrations.apply():
        print(f"applied {name}")
    print("the database is up to date")
    return 0

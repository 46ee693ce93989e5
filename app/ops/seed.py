"""`seed`: put the sample shop on the shelves."""

from __future__ import annotations

import argparse

from app import seed
from app.ops import console


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("seed", help="add the sample shop; what is there already is left alone")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    planted = seed.plant()
    print(f"added {planted.products} products with {planted.items} items, {planted.known} were there already")
    return 0

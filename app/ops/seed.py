"""`seed`: put the sample shop on the shelves."""

from __future__ import annotations

import argparse

from app.ops import console, sample_shop


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("seed", help="add the sample shop; what is there already is left alone")
    parser.add_argument("--reseller", type=int, metavar="ID", help="make this person a reseller too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.reseller:
        sample_shop.add_reseller(args.reseller)
    planted = sample_shop.add_all()
    print(f"added {planted.products} products with {planted.items} items, {planted.known} were there already")
    return 0

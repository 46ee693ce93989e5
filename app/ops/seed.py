"""`seed`: put the sample shop on the shelves."""

from __future__ import annotations

import argparse

from app.ops import console, history, sample_shop


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("seed", help="add the sample shop; what is there already is left alone")
    parser.add_argument("--reseller", type=int, metavar="ID", help="make this person a reseller too")
    parser.add_argument(
        "--demo",
        nargs=4,
        metavar=("ADMIN", "GROUP", "INVOICE", "TRANSACTION"),
        help="a month of history too, and failures to mend; only where the stand-ins of `make demo` are",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.reseller:
        sample_shop.add_reseller(args.reseller)
    planted = sample_shop.add_all()
    print(f"added {planted.products} products with {planted.items} items, {planted.known} were there already")
    if args.demo:
        admin, group, invoice, txn_id = args.demo
        known = history.Prepared(int(admin), args.reseller, int(group), invoice, txn_id)
        print(f"added {history.add(known)} orders of the last month")
    return 0

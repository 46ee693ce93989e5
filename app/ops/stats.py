"""`stats`: orders, money, payment success and people, today and over 7 and 30 days."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from app import money
from app.backoffice import stats
from app.ops import console


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("stats", help="how the shop is doing")
    console.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    found = stats.figures()
    if args.json:
        console.document([asdict(row) | {"success": row.success} for row in found])
    else:
        console.rows([_for_people(row) for row in found], as_json=False, none="")
    return 0


def _for_people(row: stats.Figures) -> dict[str, object]:
    return {
        "period": row.period,
        "orders": row.orders,
        "items sold": row.items,
        "revenue": money.rupiah(row.revenue),
        "deposits": money.rupiah(row.deposits),
        "refunds": money.rupiah(row.refunds),
        "buyers": row.buyers,
        "payment success": f"{row.success:.0%}" if row.success is not None else "-",
        "new users": row.new_users,
        "warranty claims": row.claims,
    }

"""`export MONTH`: what was sold, the ledger and the days of a month as CSV files."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.backoffice import exports
from app.infra import transactions
from app.ops import console
from app.ops.console import Failure


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("export", help="a month's sales, ledger and days as CSV files")
    parser.add_argument("month", help="like 2026-11")
    parser.add_argument("--to", metavar="FOLDER", type=Path, default=Path(), help="default: this one")
    console.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    of = exports.month(args.month)
    if of is None:
        raise Failure(f"{args.month!r} is no month; write the year and the month, like 2026-11")
    if not exports.has_income(of):
        raise Failure(f"nothing was sold or deposited in {of}; `stats` says what was sold lately")
    with transactions.atomic():
        exports.note(of)
    done = [_write(kind, of, args.to) for kind in exports.SHEETS]
    console.rows(done, as_json=args.json, none="")
    return 0


def _write(kind: str, of: exports.Month, folder: Path) -> dict[str, object]:
    file = folder / exports.file_name(kind, of)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = exports.write(kind, of, file)
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error.strerror}") from None
    totals = ", ".join(f"{name} {value}" for name, value in sorted(written.totals.items()))
    return {"file": str(file), "rows": written.rows, "totals": totals}

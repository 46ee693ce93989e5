"""How the commands talk: tables for people, one JSON document for programs, one line for a failure."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tabulate import tabulate

from app import money
from app.infra import times

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = Any

REASON_MOST, MOST_LISTED = 200, 100_000

Rows = Sequence[dict[str, Any]]


class Failure(Exception):
    """The command cannot do what was asked; the message is the one line that the operator reads."""


def rows(found: Rows, *, as_json: bool, none: str) -> None:
    """A list, one dict a row with the same keys. `none` is said when it is empty."""
    if as_json:
        document(found)
    elif not found:
        print(none)
    else:
        table = [[cell(value) for value in row.values()] for row in found]
        print(tabulate(table, headers=list(found[0]), tablefmt="simple", disable_numparse=True))


def facts(found: dict[str, Any]) -> None:
    """Names and values below each other, those that are None left out."""
    known = [[name, cell(value)] for name, value in found.items() if value is not None]
    print(tabulate(known, tablefmt="plain", disable_numparse=True))


def document(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def cell(value: Any) -> str:
    """For people: times in WIB, nothing for None."""
    if value is None:
        return ""
    return times.show(value) if isinstance(value, datetime) else str(value)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")


def amount(typed: str) -> int:
    """Whole rupiah."""
    given = money.parse(typed)
    if given is None:
        raise Failure(f"{typed!r} is not an amount of rupiah")
    return given


def count(typed: str) -> int:
    """So many lines of a list, for argparse."""
    number = money.whole(typed, MOST_LISTED)
    if not number:
        raise argparse.ArgumentTypeError(f"write a number from 1 to {MOST_LISTED}")
    return number


def reason(typed: str | None) -> str:
    """Why an operator decides as they do: one line that must be there."""
    line = note(typed)
    if not line:
        raise Failure("say why: --reason …")
    return line


def note(typed: str | None) -> str | None:
    """The same where it may be left out."""
    return " ".join((typed or "").split())[:REASON_MOST] or None


def _plain(value: Any) -> str:
    """For programs: times as RFC 3339 in UTC."""
    return value.isoformat() if isinstance(value, datetime) else str(value)

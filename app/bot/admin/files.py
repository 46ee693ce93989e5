"""Goods from a `.txt` or `.csv` file: which files are taken, and what their items are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.errors import WrongFormat

MOST_BYTES = 5 * 1024 * 1024
LINE_MOST = 4000

_KINDS = (".txt", ".csv")


def refusal(name: str, size: int) -> str | None:
    """Why the file is not even fetched, as a name in texts.admin.PROBLEMS."""
    if not name.lower().endswith(_KINDS):
        return "file_kind"
    return "file_size" if size > MOST_BYTES else None


def items(name: str, content: bytes) -> list[str]:
    """One item a line; a csv row is one too, its quotes taken off. Raises WrongFormat."""
    try:
        text = content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise WrongFormat("addstock.file_text") from None
    return checked(_rows(text) if name.lower().endswith(".csv") else text.splitlines())


def checked(found: Iterable[str]) -> list[str]:
    """Without empty ones. Raises WrongFormat."""
    lines = [line for line in found if line.strip()]
    if not lines:
        raise WrongFormat("addstock.lines")
    if any(len(line) > LINE_MOST for line in lines):
        raise WrongFormat("addstock.long_line", most=LINE_MOST)
    return lines


def _rows(text: str) -> list[str]:
    try:
        return [",".join(row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        raise WrongFormat("addstock.file_text") from None

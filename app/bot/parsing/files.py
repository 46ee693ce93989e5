"""Goods from a text file: which files are taken, and what their items are."""

from __future__ import annotations

from dataclasses import dataclass

from app.bot.parsing import encodings, lines, tables
from app.errors import WrongFormat
from app.texts import numbers

MOST_BYTES = 5 * 1024 * 1024
#: Items of one file; more would keep the workers busy for too long.
MOST_ITEMS = 200_000

_TABLES = (".csv", ".tsv", ".tab")
_KINDS = (".txt", *_TABLES)
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


@dataclass(frozen=True)
class Goods:
    """`heading`: the first rows, if they only named the columns; they are no items."""

    items: list[str]
    heading: str | None = None


def refusal(name: str, size: int) -> str | None:
    """Why the file is not even fetched, as a name in texts.formats.PROBLEMS."""
    if name.lower().endswith(_WORKBOOKS):
        return "file_sheet"
    if not name.lower().endswith(_KINDS):
        return "file_kind"
    return "file_size" if size > MOST_BYTES else None


def goods(name: str, content: bytes) -> Goods:
    """One item a line of text, literally, or a row of a table, which Excel saves as .txt too, with tabs.

    Raises WrongFormat: all or nothing.
    """
    text = encodings.text(content)
    if text.count("\n") + text.count("\r") > MOST_ITEMS * 2:
        raise _too_many()
    if _is_table(name) or tables.is_one(text):
        table = tables.read(text)
        return _checked(Goods(lines.checked(table.rows), table.heading))
    return _checked(typed(text))


def _is_table(name: str) -> bool:
    """Also `stok.csv.txt`: Windows hides the last ending, and people write the one they mean before it."""
    return name.lower().removesuffix(".txt").endswith(_TABLES)


def typed(text: str) -> Goods:
    """One item a line, literally. Raises WrongFormat."""
    items = lines.checked(enumerate(lines.split(text), start=1))
    if len(items) > 1 and tables.names_columns(items[0]):
        return Goods(items[1:], items[0])
    return Goods(items)


def _checked(found: Goods) -> Goods:
    if len(found.items) > MOST_ITEMS:
        raise _too_many()
    return found


def _too_many() -> WrongFormat:
    return WrongFormat("addstock.file_lines", most=numbers.count(MOST_ITEMS))

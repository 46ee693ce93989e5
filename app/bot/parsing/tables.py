"""Rows of a spreadsheet as Excel, LibreOffice and Google Sheets save them, one item a row.

A quote counts as CSV's only around a whole cell and within its line: a stray one can never make several
accounts one item. The csv module would read on to the next quote, wherever it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.bot.parsing import lines
from app.errors import WrongFormat

_DELIMITERS = "\t;,|"
#: Saved again, the row is filled up with empty cells.
_SEP = re.compile(r'"?sep=(.)"?[\t;,|]*', re.IGNORECASE)
#: Some programs put spaces around a quoted cell. Only matched where a cell begins: searched for, it would
#: look at a run of spaces from each of them.
_CELL = re.compile(r' *("((?:[^"]|"")*)" *)?')
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
#: How spreadsheets are made to keep zeros in front.
_LITERAL = re.compile(r'="([^"]*)"')
#: What stands where a formula failed, is still to be worked out or was saved itself, where a column was too
#: narrow, or where a long number was rounded: none is what the seller has.
_LOST = re.compile(
    r"#(?:REF|VALUE|NUM|NULL|NAME|SPILL|CALC|ERROR|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON"
    r"|GETTING_DATA|DIV/0|N/A)[!?]?|Err:\d{3}|Loading(?:\.{3}|…)|#{4,}|-?\d(?:[.,]\d+)?E\+\d{2,3}"
    r"|=[A-Z_][A-Z0-9_.]+\(.*\)|(?-i:=\$?[A-Z]{1,3}\$?\d{1,7}(?:[-+*/&^].*)?)|=\d+(?:[-+*/]\d+)+",
    re.IGNORECASE,
)
#: Enough rows to see what separates cells, and what stands above them.
_LOOKED_AT, _TITLES = 200, 5

#: What columns are called, and what stands in no such name.
_HEADING = re.compile(
    r"\b(?:akun|accounts?|e-?mail|mail|gmail|user(?:name|id)?|nama|name|login|id|no|nomor|number|pass(?:word|wd)?"
    r"|pwd?|(?:kata ?)?sandi|pin|kode|code|kunci|keys?|lisensi|licen[sc]e|serial|token|voucher|produk|product"
    r"|items?|stok|stock|data|isi|link|url|tautan|profile?|catatan|notes?|keterangan|tanggal|date|masa|aktif"
    r"|expir(?:ed|y)|berlaku|kedaluwarsa|status|harga|price|jenis|type|telepon|phone|hp|wa|whatsapp|recovery"
    r"|backup|alamat|address|negara|country|paket|plan|2fa|otp|secret|cookies?|region|server)\b",
    re.IGNORECASE,
)
#: Behind the words that programs put together: user_name, accountPassword.
_JOINED = re.compile(r"_|(?<=[a-z])(?=[A-Z])")
_NO_NAME = re.compile(r"(?!\b2FA\b)\d|@", re.IGNORECASE)
_NAME_MOST = 40
#: What may stand between two names where a line is an item.
_BETWEEN = re.compile(r"[|;,:\t]")


@dataclass(frozen=True)
class Table:
    """`rows`: numbered lines, as items. `heading`: the first rows, if they only named the columns."""

    rows: list[tuple[int, str]]
    heading: str | None


def is_one(text: str) -> bool:
    """Whether it says what cuts its cells, or tabs cut most lines alike: a table, whatever it is called."""
    listed = lines.split(text)
    counts = [line.count("\t") for line in listed if line.strip(lines.BLANK)]
    [(tabs, times)] = Counter(counts).most_common(1) or [(0, 0)]
    return bool(_SEP.fullmatch(lines.bare(listed[0]).strip(" "))) or (
        tabs > 0 and times * 3 >= len(counts) * 2
    )


def names_columns(line: str) -> bool:
    """Of a text whose lines are items: it only says what the fields of the others are."""
    cells = _BETWEEN.split(line)
    return len(cells) > 1 and _is_heading(cells)


def read(text: str) -> Table:
    """Raises WrongFormat for quotes that do not close where a cell ends, with the numbers of their lines."""
    numbered = list(enumerate(map(lines.bare, lines.split(text)), start=1))
    named = _SEP.fullmatch(numbered[0][1].strip(" "))
    if named:
        numbered = numbered[1:]
    delimiter = named[1] if named else _delimiter([line for _, line in numbered[:_LOOKED_AT]])
    rows = _without_padding(_cut(numbered, delimiter))
    headings = _headings([cells for _, cells in rows[:_TITLES]])
    rows = [(number, cells) for number, cells in rows[len(headings) :] if cells not in headings]
    # Telegram shows a tab as a space: the shop's own separator keeps cells apart.
    join = "|" if delimiter == "\t" else delimiter
    items = [(number, join.join(cells)) for number, cells in rows]
    return Table(items, " / ".join(map(join.join, headings)) or None)


def _delimiter(sample: Sequence[str]) -> str:
    """What cuts most lines into equally many cells."""
    bare = [_QUOTED.sub("", line) for line in sample]

    def fitting(mark: str) -> int:
        counts = [line.count(mark) for line in bare if mark in line]
        return max(map(counts.count, set(counts)), default=0)

    return max(_DELIMITERS, key=fitting)


def _cut(numbered: Sequence[tuple[int, str]], delimiter: str) -> list[tuple[int, list[str]]]:
    """The cells of every row that has some."""
    rows: list[tuple[int, list[str]]] = []
    broken: list[int] = []
    lost: list[tuple[int, str]] = []
    for number, line in numbered:
        cells = _cells(line, delimiter) if '"' in line else line.split(delimiter)
        if cells is None:
            broken.append(number)
        elif any(cell.strip() for cell in cells) and line.strip(lines.BLANK):
            rows.append((number, cells))
            lost += [(number, cell.strip()) for cell in cells if _LOST.fullmatch(cell.strip())]
    if broken:
        raise WrongFormat("addstock.quote", lines=lines.listed(broken))
    if lost:
        numbers = dict.fromkeys(number for number, _ in lost)
        raise WrongFormat("addstock.lost", lines=lines.listed(numbers), seen=lost[0][1])
    return rows


def _cells(line: str, delimiter: str) -> list[str] | None:
    """None when a quote opens a cell and closes it nowhere, or before its end."""
    cells: list[str] = []
    at = 0
    while at <= len(line):
        begun = _CELL.match(line, at)
        assert begun
        if line.startswith('"', begun.end()):
            return None
        if begun[1]:
            end = begun.end()
            if line[end : end + 1] not in {"", delimiter}:
                return None
            cells.append(_literal(begun[2].replace('""', '"')))
        else:
            end = line.find(delimiter, at) % (len(line) + 1)
            cells.append(_literal(line[at:end]))
        at = end + 1
    return cells


def _literal(cell: str) -> str:
    said = _LITERAL.fullmatch(cell.strip())
    return said[1] if said else cell


def _without_padding(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Where all rows are equally wide, the spreadsheet has filled them up with empty cells on both sides."""
    if len({len(cells) for _, cells in rows}) != 1:
        return rows
    first = min(next(at for at, cell in enumerate(cells) if cell.strip()) for _, cells in rows)
    return [(number, _shortened(cells[first:])) for number, cells in rows]


def _shortened(cells: list[str]) -> list[str]:
    while not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _headings(rows: list[list[str]]) -> list[list[str]]:
    """The first row if it names columns, or all up to one that does where they are only titles above it."""
    several = next((at for at, cells in enumerate(rows) if sum(bool(cell.strip()) for cell in cells) > 1), 0)
    named = next((at for at in (several, 0) if rows and _is_heading(rows[at])), None)
    return [] if named is None else rows[: named + 1]


def _is_heading(cells: Sequence[str]) -> bool:
    """Words only, and nearly all of them such as name columns."""
    named = [cell.strip() for cell in cells if cell.strip()]
    if any(_NO_NAME.search(cell) or len(cell) > _NAME_MOST for cell in named):
        return False
    return sum(bool(_HEADING.search(_JOINED.sub(" ", cell))) for cell in named) * 3 >= len(named) * 2

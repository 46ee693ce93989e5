"""Tables as files that spreadsheets open: what a cell holds, and what makes it harmless there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from app.infra import times

#: Where spreadsheets would begin to compute, also as East Asian keyboards write it. Where a comma is for
#: decimals, as in Indonesia, they take these files apart at semicolons, and at line breaks within cells.
_SIGNS = r"=+\-@\t＝＋－＠"
_COMPUTED = re.compile(rf"((?:^|;)(?= *[{_SIGNS}\r\n])|[\r\n]+(?= *[{_SIGNS}]))")
DAY = "tanggal"


def content(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A small table: UTF-8 with a byte order mark, as spreadsheets want it."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(columns)
    lines.writerows(cells(columns, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cells(columns: Sequence[str], row: Sequence[Any]) -> list[Any]:
    return [_cell(column, value) for column, value in zip(columns, row, strict=True)]


def _cell(column: str, value: Any) -> Any:
    """Moments become the day or the time of the shop's clock; numbers stay numbers, also negative ones."""
    if isinstance(value, datetime):
        here = value.astimezone(times.WIB)
        return here.date().isoformat() if column == DAY else here.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return _disarmed(value) if isinstance(value, str) else value


def _disarmed(text: str) -> str:
    """Text, for spreadsheets too: what looks like a formula gets an apostrophe in front."""
    return _COMPUTED.sub(r"\1'", text)

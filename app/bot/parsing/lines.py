"""One line is one item: how pasted text falls into lines, and which characters goods may have.

What Telegram or a spreadsheet adds unseen goes: zero-width and direction marks, spaces of odd widths. What
nobody types (control characters, letters that were lost before) is refused, with the numbers of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.errors import WrongFormat

#: UTF-16 units, so that an item fits a message.
MOST_UNITS = 4000
#: So many line numbers are listed, then "…".
_LISTED = 5

#: Only these end a line; `str.splitlines` knows a dozen more, which may stand inside an item.
_BREAK = re.compile(r"\r\n|\n|\r")
#: Nothing else in a line is no item: what spreadsheets leave of empty rows.
BLANK = " \t,;|"
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a]"
)
#: Joiners belong between letters that are not Latin, and into emoji; the marks that choose how a sign is
#: drawn, and those that make flags, behind such a one (or into a key with a number on it).
_STRAY_JOINER = re.compile(
    "(?<![^\x00-\x7f])[\u200c\u200d]++|(?<![\u200c\u200d])[\u200c\u200d]++(?![^\x00-\x7f])"
    "|(?<![^\x00-\x7f])(?:[\ufe00-\ufe0f](?!\u20e3)|[\U000e0000-\U000e01ef])++"
)
_WIDE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_ODD = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")

Numbered = Iterable[tuple[int, str]]


def split(text: str) -> list[str]:
    return _BREAK.split(text)


def checked(numbered: Numbered) -> list[str]:
    """Clean items, without empty lines; numbers are of lines as the person counts them.

    Raises WrongFormat when one cannot be an item, or none is left: all or nothing.
    """
    items: list[str] = []
    odd: list[tuple[int, str]] = []
    long: list[int] = []
    for number, line in numbered:
        item = bare(line).strip()
        found = _ODD.search(item)
        if found:
            odd.append((number, f"U+{ord(found[0]):04X}"))
        elif len(item) > MOST_UNITS // 2 and len(item.encode("utf-16-le")) > MOST_UNITS * 2:
            long.append(number)
        elif item.strip(BLANK):
            items.append(item)
    if odd:
        raise WrongFormat("addstock.odd", lines=listed(number for number, _ in odd), seen=odd[0][1])
    if long:
        raise WrongFormat("addstock.long_line", lines=listed(long), most=MOST_UNITS)
    if not items:
        raise WrongFormat("addstock.lines")
    return items


def bare(line: str) -> str:
    """Without what is not seen."""
    if line.isascii() and line.isprintable():
        return line
    return _WIDE.sub(" ", _STRAY_JOINER.sub("", _HIDDEN.sub("", line)))


def listed(numbers: Iterable[int]) -> str:
    """`3, 7, 9`, cut short."""
    found = list(numbers)
    return ", ".join(map(str, found[:_LISTED])) + (", …" if len(found) > _LISTED else "")

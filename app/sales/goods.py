"""What the buyer gets for an order, as the messages that carry it. Nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import escape, unescape

from app.catalogue import stock
from models import Order, StockItem

#: Telegram takes 4096 characters of text and marks up 100 pieces of it; the rest is room for the heading.
ROOM, _MOST_LINES = 3500, 90


@dataclass(frozen=True)
class Part:
    """One message: `kind` text (HTML), file (a .txt to upload), document or sticker (a Telegram file id)."""

    number: int
    kind: str
    content: str


TEXT, FILE = "text", "file"
#: Parts of what replaces something are counted from here; nobody buys so many at once.
FIRST_REPLACEMENT = 1_000
_TAG = re.compile(r"</?code>")

#: Telegram drops these from messages, or makes them spaces (td, clean_input_string): goods that have them are
#: sent as they are, in a file.
_ALTERED = re.compile("[\x00-\x09\x0b-\x1f\x85\u030a\u0333\u033f\u200e\u200f\u2028-\u202e]")


def parts(order: Order, already: Collection[int] = ()) -> list[Part]:
    """The goods of an order, each under the same number every time, without those that were replaced.

    Lines go together, files and what replaces something go alone. `already`: numbers of parts that are not
    wanted. Raises Locked if one that is cannot be opened.
    """
    return [_part(number, carried) for number, carried in _numbered(order).items() if number not in already]


def numbers(order: Order) -> set[int]:
    """Of its parts."""
    return set(_numbered(order))


def is_replacement(part: Part) -> bool:
    return part.number >= FIRST_REPLACEMENT


def plain(part: Part) -> str:
    """A part's goods line by line, without what marks them in a message."""
    return unescape(_TAG.sub("", part.content)) if part.kind == TEXT else part.content


def as_text(order: Order) -> str | None:
    """All the goods as the HTML of one message, or None if they need files or are too long for that."""
    held = [each for each in stock.of_order(order) if not each.is_faulty]
    if not held or any(each.kind != StockItem.TEXT for each in held):
        return None
    kind, content = _lines([each.content for each in held])
    return content if kind == TEXT else None


def _numbered(order: Order) -> dict[int, list[stock.Held]]:
    """What each part carries. What was replaced keeps the number that it had from the others."""
    held = stock.of_order(order)
    lines = [each for each in held if each.part is None and each.kind == StockItem.TEXT]
    files = [each for each in held if each.part is None and each.kind != StockItem.TEXT]
    numbered = [(0, each) for each in lines] + [*enumerate(files, start=1 if lines else 0)]
    numbered += [(each.part, each) for each in held if each.part is not None]
    carried: dict[int, list[stock.Held]] = {}
    for number, each in numbered:
        if not each.is_faulty:
            carried.setdefault(number, []).append(each)
    return carried


def _part(number: int, carried: list[stock.Held]) -> Part:
    kind = carried[0].kind
    if kind == StockItem.TEXT:
        return Part(number, *_lines([each.content for each in carried]))
    return Part(number, kind, carried[0].content)


def _lines(lines: list[str]) -> tuple[str, str]:
    """Each item copyable with a tap; a file when they do not fit one message or would not arrive whole."""
    shown = "\n\n".join(f"<code>{escape(line)}</code>" for line in lines)
    altered = any(_ALTERED.search(line) for line in lines)
    if not altered and len(lines) <= _MOST_LINES and sum(_utf16(line) + 2 for line in lines) <= ROOM:
        return TEXT, shown
    return FILE, "\n".join(lines) + "\n"


def _utf16(text: str) -> int:
    """Telegram counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2

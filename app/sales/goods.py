"""What the buyer gets for an order, as the messages that carry it. Nothing is sent here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from app.catalogue import stock
from models import Order, StockItem

#: Telegram takes 4096 characters of text and marks up 100 pieces of it; the rest is room for the heading.
_ROOM, _MOST_LINES = 3500, 90


@dataclass(frozen=True)
class Part:
    """One message: `kind` text (HTML), file (a .txt to upload), document or sticker (a Telegram file id)."""

    number: int
    kind: str
    content: str


TEXT, FILE = "text", "file"
_TAG = re.compile(r"</?code>")

#: Telegram drops these from messages, or shows a space: goods that have them are sent as they are, in a file.
_ALTERED = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def parts(order: Order) -> list[Part]:
    """The goods of an order, the same list every time."""
    items = stock.of_order(order)
    lines = [content for kind, content in items if kind == StockItem.TEXT]
    files = [(kind, content) for kind, content in items if kind != StockItem.TEXT]
    together = [_lines(lines)] if lines else []
    return [Part(number, kind, content) for number, (kind, content) in enumerate([*together, *files])]


def plain(part: Part) -> str:
    """A part's goods line by line, without what marks them in a message."""
    return unescape(_TAG.sub("", part.content)) if part.kind == TEXT else part.content


def as_text(order: Order) -> str | None:
    """All the goods as the HTML of one message, or None if they need files or are too long for that."""
    match parts(order):
        case [Part(kind="text", content=content)]:
            return content
    return None


def _lines(lines: list[str]) -> tuple[str, str]:
    """Each item copyable with a tap; a file when they do not fit one message or would not arrive whole."""
    shown = "\n\n".join(f"<code>{escape(line)}</code>" for line in lines)
    altered = any(_ALTERED.search(line) for line in lines)
    if not altered and len(lines) <= _MOST_LINES and sum(_utf16(line) + 2 for line in lines) <= _ROOM:
        return TEXT, shown
    return FILE, "\n".join(lines) + "\n"


def _utf16(text: str) -> int:
    """Telegram counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2

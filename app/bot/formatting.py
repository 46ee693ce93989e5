"""How a person formatted a text, as HTML that can be sent again. Knows Telegram's entities, no sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from app.bot.html import Html

Json = dict[str, Any]
Span = tuple[int, int, str, str]


def html(text: str, entities: Sequence[Json], start: int = 0) -> Html:
    """`text` from its letter `start` on. Offsets of entities count UTF-16 units, nested ones lie within."""
    units = text.encode("utf-16-le")
    begin = len(text[:start].encode("utf-16-le")) // 2

    def plain(upto: int) -> str:
        nonlocal begin
        part = units[begin * 2 : upto * 2].decode("utf-16-le", "replace")
        begin = max(begin, upto)
        return escape(part, quote=False)

    return Html("".join(_pieces(_spans(entities, begin, len(units) // 2), plain, len(units) // 2)))


def _pieces(spans: Sequence[Span], plain: Callable[[int], str], end: int) -> Iterator[str]:
    """Texts and tags in order; `plain` gives the text up to a unit that has not been given yet."""
    open_: list[tuple[int, str]] = []
    for first, last, tag, closing in spans:
        while open_ and open_[-1][0] <= first:
            until, closing_before = open_.pop()
            yield plain(until) + closing_before
        yield plain(first) + tag
        open_.append((min(last, open_[-1][0]) if open_ else last, closing))
    for until, closing in reversed(open_):
        yield plain(until) + closing
    yield plain(end)


def _spans(entities: Sequence[Json], begin: int, end: int) -> list[Span]:
    """(first unit, unit after the last, opening tag, closing tag), outer ones first."""
    spans: list[Span] = []
    for entity in entities:
        tags = _tags(entity)
        first, last = max(begin, entity["offset"]), min(end, entity["offset"] + entity["length"])
        if tags and first < last:
            spans.append((first, last, *tags))
    return sorted(spans, key=lambda span: (span[0], -span[1]))


_SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def _tags(entity: Json) -> tuple[str, str] | None:
    """https://core.telegram.org/bots/api#html-style; None for what Telegram finds by itself."""
    kind = entity["type"]
    if kind in _SIMPLE:
        return f"<{_SIMPLE[kind]}>", f"</{_SIMPLE[kind]}>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "text_link":
        return f'<a href="{escape(str(entity.get("url", "")))}">', "</a>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{escape(str(entity.get("custom_emoji_id", "")))}">', "</tg-emoji>"
    return None

"""How a person formatted a text: as HTML that can be sent again, or as the signs that were typed for it.

Telegram's apps take `||`, `**`, `__`, `~~` and backticks for formatting and send the text without them. Knows
Telegram's entities, no sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from typing import Any

from app.texts.html import Html

Json = dict[str, Any]
Span = tuple[int, int, str, str]
Marks = Callable[[Json], tuple[str, str] | None]

#: What Telegram's apps make each of. Other formatting comes from menus only, or is found by itself.
_SIGNS = {
    "bold": "**",
    "italic": "__",
    "strikethrough": "~~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "[",
}
#: What stands around a field or a line.
_EDGES = {"|", "\n", "\r", " ", "\t", ":", ";", ","}


def html(text: str, entities: Sequence[Json], start: int = 0) -> Html:
    """`text` from its letter `start` on. Offsets of entities count UTF-16 units, nested ones lie within."""
    return Html(_marked(text, entities, start, _tags, partial(escape, quote=False)))


def typed(text: str, entities: Sequence[Json], start: int = 0) -> str:
    """`text` from its letter `start` on, as it was typed: with the signs that its entities were made of."""
    return _marked(text, entities, start, _signs, str)


def doubtful(text: str, entities: Sequence[Json], start: int = 0) -> list[Json]:
    """Those whose signs nobody can tell. They cover whole words or fields behind `start`, which people, web
    pages and other bots format and pass on by copying; or two meet where they begin or end, and which came
    first? Telegram cuts those that cross each other there, too.
    """
    units = text.encode("utf-16-le")
    begin, end = len(text[:start].encode("utf-16-le")) // 2, len(units) // 2

    def is_edge(at: int) -> bool:
        return not begin <= at < end or units[at * 2 : at * 2 + 2].decode("utf-16-le", "replace") in _EDGES

    signs = [each for each in entities if each["type"] in _SIGNS]
    ends = Counter(place for each in signs for place in _ends(each))
    return [
        each
        for each in signs
        if any(ends[place] > 1 for place in _ends(each))
        or (is_edge(each["offset"] - 1) and is_edge(each["offset"] + each["length"]))
    ]


def _ends(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def certain(text: str, entities: Sequence[Json], start: int = 0) -> list[Json]:
    """Those that surely were signs."""
    doubts = doubtful(text, entities, start)
    return [each for each in entities if each not in doubts]


def _marked(
    text: str, entities: Sequence[Json], start: int, marks: Marks, shown: Callable[[str], str]
) -> str:
    units = text.encode("utf-16-le")
    begin = len(text[:start].encode("utf-16-le")) // 2

    def plain(upto: int) -> str:
        nonlocal begin
        part = units[begin * 2 : upto * 2].decode("utf-16-le", "replace")
        begin = max(begin, upto)
        return shown(part)

    end = len(units) // 2
    return "".join(_pieces(_spans(entities, begin, end, marks), plain, end))


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


def _spans(entities: Sequence[Json], begin: int, end: int, marks: Marks) -> list[Span]:
    """(first unit, unit after the last, opening mark, closing mark), outer ones first."""
    spans: list[Span] = []
    for entity in entities:
        tags = marks(entity)
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


def _signs(entity: Json) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind == "text_link":
        return "[", f"]({entity.get('url', '')})"
    sign = _SIGNS.get(kind)
    if sign is None:
        return None
    language = f"{entity['language']}\n" if kind == "pre" and entity.get("language") else ""
    return sign + language, sign

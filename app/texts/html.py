"""HTML for Telegram: the one place where values are escaped and cut. Knows no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from app.texts import languages

#: What Telegram takes: UTF-16 units of a message, of a picture's caption, of a callback's answer.
MESSAGE, CAPTION, TOAST = 4096, 1024, 200
#: From so many on, a message may be the beginning of a text that Telegram has cut.
NEARLY_FULL = MESSAGE - 500

_TAG = re.compile(r"</?[a-z][^>]*>")


class Html(str):
    """Text that is safe to send as it is."""

    __slots__ = ()


class Label(str):
    """A few words of ours without gaps: a button's, or what is put into a sentence. In the language of the
    code; a button and a sentence's gap translate it."""

    __slots__ = ()

    def said(self) -> str:
        return languages.translated(self)


class Gap(str):
    """What is put into a gap. `{days:day|days}` is a word that goes with it: the first for 1, else the
    second."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        if not words:
            return str(self)
        one, other = words.split("|")
        return one if self == "1" else other


class Text:
    """A sentence with {named} gaps. Calling it fills them in, escaping all that is not Html, in the language
    that is spoken."""

    def __init__(self, template: str) -> None:
        #: In Bahasa Indonesia.
        self.template = template

    def said(self, language: str | None = None) -> str:
        """With its gaps: as the owner words it, else as we do."""
        return languages.own(self, language) or languages.translated(self.template, language)

    def __call__(self, **values: object) -> Html:
        template = self.said()
        return Html(template.format(**{name: Gap(_safe(value)) for name, value in values.items()}))

    def plain(self, **values: object) -> str:
        """For toasts, which Telegram shows as they are."""
        template = unmarked(self.said())
        return cut(template.format(**{name: Gap(_said(value)) for name, value in values.items()}), TOAST)


def lines(parts: Iterable[Html]) -> Html:
    return Html("\n".join(parts))


def cut(text: str, most: int) -> str:
    """At most so many UTF-16 units, as Telegram counts, with an ellipsis where something is missing."""
    if len(text) * 2 <= most or units(text) <= most:
        return text
    return text.encode("utf-16-le")[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"


def unmarked(text: str) -> str:
    """HTML as people read it, without its tags."""
    return unescape(_TAG.sub("", text))


def masked(name: str) -> str:
    """`Al***e`: enough for people to find themselves. Short names show their first letter."""
    shown = " ".join(name.split())
    return f"{shown[:2]}***{shown[-1]}" if len(shown) > 3 else f"{shown[:1]}***"


def units(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text.encode("utf-16-le")) // 2


def _safe(value: object) -> str:
    value = _said(value)
    return value if isinstance(value, Html) else escape(str(value), quote=False)


def _said(value: object) -> object:
    """Words of ours in the language that is spoken; anything else as it is."""
    if isinstance(value, Text):
        return value()
    return value.said() if isinstance(value, Label) else value

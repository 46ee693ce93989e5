"""Which language is spoken now, and what our words are in it. The words in the code are Bahasa Indonesia.

English stands in `locale/`; `make texts` brings it up to date with the code. The owner's own wording
(own_words.py) comes before both.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

INDONESIAN, ENGLISH = "id", "en"
#: As they call themselves.
NAMES = {INDONESIAN: "Bahasa Indonesia", ENGLISH: "English"}
DOMAIN, LOCALE = "quickcart", Path(__file__).parent / "locale"

#: Whose apps speak these is at home in Indonesian: Malay, Javanese, Sundanese, and Indonesian's old code.
_AT_HOME = {INDONESIAN, "in", "ms", "jv", "su"}

_spoken: ContextVar[str] = ContextVar("language", default=INDONESIAN)
_english = gettext.translation(DOMAIN, LOCALE, [ENGLISH])


def of_code(code: str | None) -> str:
    """For an IETF tag as Telegram gives it (`en-GB`); without one, Indonesian."""
    primary = (code or INDONESIAN).lower().partition("-")[0]
    return INDONESIAN if primary in _AT_HOME else ENGLISH


def spoken() -> str:
    return _spoken.get()


def speak(language: str | None) -> None:
    """From here on, until a `speaking` around it ends. None is Indonesian, as is one that does not exist."""
    _spoken.set(language if language in NAMES else INDONESIAN)


@contextmanager
def speaking(language: str | None = None) -> Iterator[None]:
    before = _spoken.set(INDONESIAN)
    speak(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def translated(text: str, language: str | None = None) -> str:
    """Itself where there is nothing else, which is said to be so by a test."""
    if (language or _spoken.get()) == INDONESIAN or not text:
        return text
    return _english.gettext(text)


def in_all(text: str) -> set[str]:
    """What it is called in any language: who has typed it may have learnt it in another."""
    return {translated(text, language) for language in NAMES}

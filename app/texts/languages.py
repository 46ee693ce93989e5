"""Which language is spoken now, and what our words are in it. The words in the code are Bahasa Indonesia.

English stands in `locale/`; `make texts` brings it up to date with the code. The owner's own wording
(own_words.py) comes before both.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
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
_own: dict[str, dict[str, str]] = {language: {} for language in NAMES}
_english = gettext.translation(DOMAIN, LOCALE, [ENGLISH])


def of_code(code: str | None) -> str:
    """For an IETF tag as Telegram gives it (`en-GB`); without one, Indonesian."""
    primary = (code or INDONESIAN).lower().partition("-")[0]
    return INDONESIAN if primary in _AT_HOME else ENGLISH


def liked(tags: Iterable[str]) -> str:
    """Of IETF tags in small letters, best first: the first that is one of ours, else what the first comes
    to."""
    known = list(tags)
    ours = [tag for tag in known if of_code(tag) == INDONESIAN or tag.partition("-")[0] == ENGLISH]
    return of_code(next(iter([*ours, *known]), None))


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
    """As the owner words it, else as we do."""
    language = language or _spoken.get()
    return _own[language].get(text) or ours(text, language)


def ours(text: str, language: str) -> str:
    """Itself in Indonesian, and where there is no translation: a test says that there is one."""
    return text if language == INDONESIAN or not text else _english.gettext(text)


def use_own(words: dict[str, dict[str, str]]) -> None:
    """The owner's wording from now on: by language, then by ours."""
    global _own
    _own = words


def in_all(text: str) -> set[str]:
    """What it is called in any language: who has typed it may have learnt it in another."""
    return {translated(text, language) for language in NAMES}

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
#: The owner's words, by language and then by the sentence that they are said for.
_own: dict[str, dict[object, str]] = {language: {} for language in NAMES}
#: Whether the owner's words are left out for now.
_plain: ContextVar[bool] = ContextVar("plain", default=False)
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
    """Itself in Indonesian, and where there is no translation: a test says that there is one."""
    language = language or _spoken.get()
    return text if language == INDONESIAN or not text else _english.gettext(text)


def own(sentence: object, language: str | None = None) -> str | None:
    """As the owner words it, if they do: this one, not another that says the same."""
    return None if _plain.get() else _own[language or _spoken.get()].get(sentence)


@contextmanager
def in_our_words() -> Iterator[None]:
    """What the owner has worded is said as we do."""
    before = _plain.set(True)
    try:
        yield
    finally:
        _plain.reset(before)


def use_own(words: dict[str, dict[object, str]]) -> None:
    """The owner's wording from now on: by language, then by sentence."""
    global _own
    _own = words


def in_all(text: str) -> set[str]:
    """What it is called in any language: who has typed it may have learnt it in another."""
    return {translated(text, language) for language in NAMES}

"""Which words of a text are another language's: those that the catalogue has in that language alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from babel.messages.pofile import read_po

from app.texts import clock, languages
from tests.support.chatter import visible

#: What is no word: addresses, names, commands, invoices and codes; a language's own name is its own.
_NO_WORD = re.compile(
    r"https?://\S+|[\w.]+@\S+|@\w+|(?<!\w)/\w+|\{\w*[}…]?|\w*[\d_]\w*|Bahasa Indonesia|English"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def words(text: str) -> set[str]:
    return {each.lower() for each in _WORD.findall(_NO_WORD.sub(" ", visible(text)))}


@cache
def alone(language: str) -> frozenset[str]:
    """Words of ours that only this language has."""
    indonesian, english = set(clock.MONTHS["id"]), set(clock.MONTHS["en"])
    path = languages.LOCALE / languages.ENGLISH / "LC_MESSAGES" / f"{languages.DOMAIN}.po"
    with path.open("rb") as file:
        for message in read_po(file):
            indonesian.add(message.id)
            english.add(message.string)
    ours = {"id": set().union(*map(words, indonesian)), "en": set().union(*map(words, english))}
    return frozenset(ours[language] - ours["en" if language == "id" else "id"])


def leaks(texts: Iterable[str], language: str, allowed: Iterable[str] = ()) -> dict[str, set[str]]:
    """Texts with words that only the other language has, and those words; `allowed` is what people wrote."""
    other = alone("en" if language == "id" else "id")
    own = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in allowed) or r"(?!)")
    found = {text: words(own.sub(" ", text)) & other for text in texts}
    return {text: strange for text, strange in found.items() if strange}

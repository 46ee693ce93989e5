"""Sentences as the owner of the shop words them, instead of ours: kept as a setting, read by every process.

A sentence is known by its file and name (`checkout.SUMMARY`), so that it stays the owner's when ours is
reworded; should its gaps change, ours is said again.
"""

from __future__ import annotations

import importlib
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, reduce
from html.parser import HTMLParser
from operator import or_
from string import Formatter
from typing import Any

from app import audit
from app.errors import WrongFormat
from app.infra import stored, transactions
from app.money import typed
from app.texts import languages
from app.texts.html import Text, units, unmarked

KEY = "own_words"
#: Where what buyers read stands: files of this folder.
TOPICS = (
    *("screens.home", "screens.onboarding", "screens.browse", "screens.product", "screens.checkout"),
    *("screens.orders", "screens.qr", "screens.deposits", "screens.vouchers", "screens.refunds"),
    *("screens.warranty", "screens.testimonials", "screens.account", "screens.write", "screens.guide"),
    *("screens.privacy", "refusals", "buyer_notices"),
)
#: Other processes speak so soon as the owner has changed something.
FRESH_S = 5.0
#: Letters that a message of its own may have: gaps are filled in yet, and Telegram takes 4,096.
MOST, _ALONE = 2_000, {"home.HOME", "guide.GUIDE"}
#: So many more than ours the others may have: they stand with others in one message, above goods or under a
#: QR, where Telegram takes 1,024 for all of them; and lines of the longest list.
_MORE, _MORE_A_LINE, _LINES = 200, 30, {"browse.STOCK_LINE"}
#: https://core.telegram.org/bots/api#html-style
TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote", "a", "tg-spoiler"}
#: One word for 1 and another for all else, as `{days:day|days}` has them (html.Gap).
_WORDS = re.compile(r"[^|{}<>&]+\|[^|{}<>&]+")

_GAP = re.compile(r"{(\w+)")

_read_at_s = float("-inf")


@cache
def sentences() -> dict[str, Text]:
    """What may be reworded, by its names, in the order of the files."""
    found: dict[str, Text] = {}
    for topic in TOPICS:
        module = importlib.import_module(f"app.texts.{topic}")
        for name, value in vars(module).items():
            if name.isupper():
                found |= dict(_within(f"{topic.rpartition('.')[2]}.{name}", value))
    return found


def _within(name: str, value: Any) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield name, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _within(f"{name}.{key}", each)


def gaps(text: str) -> set[str]:
    """Raises WrongFormat for braces that are no gap."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise WrongFormat("teks.words_braces", open="{", close="}", example="{total}") from error
    if any(conversion or (spec and not _WORDS.fullmatch(spec)) for _, _, spec, conversion in parts):
        raise WrongFormat("teks.words_braces", open="{", close="}", example="{total}")
    return {name for _, name, _, _ in parts if name is not None}


def most(name: str) -> int:
    """How many letters the sentence may have, as Telegram counts: an emoji is two."""
    more = _MORE_A_LINE if name in _LINES else _MORE
    return MOST if name in _ALONE else units(sentences()[name].template) + more


def check(name: str, text: str) -> None:
    """Raises WrongFormat."""
    if not typed.seen(unmarked(text)) or units(text) > most(name):
        raise WrongFormat("teks.words_length", most=most(name))
    ours, theirs = gaps(sentences()[name].template), gaps(text)
    if ours != theirs:
        missing, unknown = sorted(ours - theirs), sorted(theirs - ours)
        hint = "teks.words_gaps" if missing and unknown else "teks.words_missing"
        if not missing:
            hint = "teks.words_unknown"
        raise WrongFormat(hint, missing=_listed(missing), unknown=_listed(unknown))
    if repeated := sorted(_alone(text) - _allowed(name)):
        raise WrongFormat("teks.words_repeated", repeated=_listed(repeated))
    _Checker.run(text)


def _alone(text: str) -> Counter[str]:
    """How often each gap stands for its value, and not for a word that goes with it."""
    return Counter(name for _, name, spec, _ in Formatter().parse(text) if name is not None and not spec)


def _allowed(name: str) -> Counter[str]:
    """Once, or as often as ours have it: a long value is soon more than a message takes."""
    template = sentences()[name].template
    said = [_alone(languages.translated(template, language)) for language in languages.NAMES]
    return reduce(or_, said, Counter(gaps(template)))


def change(name: str, language: str, text: str | None) -> None:
    """None brings ours back. Raises WrongFormat, KeyError for a sentence that does not exist."""
    ours = languages.translated(sentences()[name].template, language)
    if text is not None:
        text = _apart(ours, text)
        check(name, text)
    with transactions.atomic():
        kept = stored.lock(KEY, {})
        before = kept.get(language, {}).get(name)
        of_language = {key: value for key, value in kept.get(language, {}).items() if key != name}
        if text is not None and text != ours:
            of_language[name] = text
        stored.put(KEY, kept | {language: of_language})
        said = {"before": before, "after": of_language.get(name)}
        audit.record("words.changed", "setting:own_words", name=name, language=language, **said)
    refresh(at_once=True)


def _apart(ours: str, text: str) -> str:
    """With the blanks and line ends that keep ours from what stands around it: Telegram takes them off what
    is typed."""
    before, after = ours[: len(ours) - len(ours.lstrip())], ours[len(ours.rstrip()) :]
    return before + text.strip() + after


def of(name: str, language: str) -> str | None:
    """As the owner says it, if they do."""
    found: str | None = stored.get(KEY, {}).get(language, {}).get(name)
    return found


def refresh(*, at_once: bool = False) -> None:
    """Read again what the owner has changed, every few seconds at most. Needs the database."""
    global _read_at_s
    if not at_once and time.monotonic() < _read_at_s + FRESH_S:
        return
    _read_at_s = time.monotonic()
    kept = stored.get(KEY, {})
    languages.use_own({language: dict(_fitting(kept.get(language, {}))) for language in languages.NAMES})


def _fitting(kept: dict[str, str]) -> Iterator[tuple[Text, str]]:
    """By sentence. What an older release took and this one would refuse is left out."""
    known = sentences()
    for name, text in kept.items():
        with suppress(WrongFormat):
            if name in known:
                check(name, text)
                yield known[name], text


def _listed(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


class _Checker(HTMLParser):
    """What Telegram would refuse, found before it does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []

    @classmethod
    def run(cls, text: str) -> None:
        if re.search(r"&(?!(lt|gt|amp|quot);)|<(?![a-z/])", text):
            raise WrongFormat("teks.words_signs")
        checker = cls()
        checker.feed(text)
        checker.close()
        if checker.open or checker.rawdata:
            raise WrongFormat(
                "teks.words_tag", tag=checker.open[-1] if checker.open else checker.rawdata[:20]
            )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, value in attrs if value}
        if tag not in TAGS or (names | {"-"} != {"href", "-"} if tag == "a" else bool(attrs)):
            raise WrongFormat("teks.words_tag", tag=tag)
        # What it is filled with may have a quotation mark, or tags of its own.
        if held := _GAP.findall(" ".join(value or "" for _, value in attrs)):
            raise WrongFormat("teks.words_within", held=_listed(held), tag=tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise WrongFormat("teks.words_tag", tag=f"/{tag}")

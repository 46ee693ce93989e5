"""`/teks`: the owner words what buyers read. Choose a sentence or search for it, type another, or go back."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from app.bot.toolkit import formatting, keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import Unknown
from app.money import typed
from app.texts import html, languages, own_words
from app.texts.admin import wording as texts
from app.texts.html import Html
from models import User

INPUT = "wording"
PAGE, LABEL_UNITS, FOUND_MOST, SHOWN_UNITS = 8, 48, 20, 1_500
LANGUAGES = tuple(languages.NAMES)


def ask(turn: Turn) -> Reply:
    """`/teks`, or `/teks words` to search."""
    words = typed.seen(turn.rest)
    return show("words_found", words) if words else show("words")


def topics(_person: User) -> Screen:
    buttons = [Button(label, pack("words_topic", at, 1)) for at, label in enumerate(texts.TOPICS.values())]
    return Screen(texts.LIST(), [buttons[at : at + 2] for at in range(0, len(buttons), 2)])


def topic(_person: User, at: int, number: int) -> Screen:
    """Raises Unknown."""
    key, label = _topic(at)
    page = paging.of_list(_about(key), number, PAGE)
    up = pack("words")
    turn_page = keyboards.pager("words_topic", at, page=page.number, pages=page.pages, up=up)
    return Screen(texts.TOPIC(topic=label), [*_listed(page.items), *turn_page])


def found(_person: User, words: str) -> Screen:
    names = [name for name in own_words.sentences() if _says(name, words.casefold())]
    if not names:
        return Screen(texts.NOT_FOUND(words=html.cut(words, LABEL_UNITS)))
    text = texts.FOUND(count=len(names), words=html.cut(words, LABEL_UNITS))
    return Screen(text, [*_listed(names[:FOUND_MOST]), *keyboards.back("words")])


def sentence(_person: User, mark: int, at: int) -> Screen:
    """Raises Unknown."""
    name, language = _name(mark), LANGUAGES[at]
    own, ours = own_words.of(name, language), _ours(name, language)
    text = texts.SENTENCE(
        topic=texts.TOPICS[_topic_of(name)],
        language=languages.NAMES[language],
        text=html.cut(own or ours, SHOWN_UNITS),
        state=texts.CHANGED(text=html.cut(ours, SHOWN_UNITS)) if own else texts.OURS(),
        gaps=_gaps(name),
    )
    change = [Button(keyboards.CHANGE, pack("words_change", mark, at))]
    restore = [Button(keyboards.RESTORE, pack("words_restore", mark, at))] if own else []
    others = [
        Button(label, pack("word", mark, other))
        for other, label in enumerate(languages.NAMES.values())
        if other != at
    ]
    key = _topic_of(name)
    page = _about(key).index(name) // PAGE + 1
    back = keyboards.back("words_topic", list(texts.TOPICS).index(key), page)
    return Screen(text, [change + restore, others, *back])


def change(turn: Turn, mark: int, at: int) -> Reply:
    """Raises Unknown."""
    _name(mark)
    turn.session.wait(INPUT, mark=mark, language=at)
    return show("words_question", mark, at)


def question(_person: User, mark: int, at: int) -> Screen:
    """Raises Unknown."""
    name, language = _name(mark), LANGUAGES[at]
    text = texts.QUESTION(
        language=languages.NAMES[language], text=html.cut(_now(name, language), SHOWN_UNITS), gaps=_gaps(name)
    )
    return Screen(text, keyboards.back("word", mark, at))


def take(turn: Turn, mark: int, at: int) -> Reply:
    """The new words, formatted by the app or with tags. Raises WrongFormat, Unknown."""
    text, entities = turn.event.text, turn.event.entities
    formatted: str = formatting.html(text, entities)
    if formatted == formatting.html(text, ()):  # none, or only what Telegram finds by itself
        formatted = text
    own_words.change(_name(mark), LANGUAGES[at], formatted)
    return show("word", mark, at, toast=texts.SAVED.plain())


def leave(turn: Turn) -> Reply:
    facts = turn.session.facts
    return show("word", int(facts["mark"]), int(facts["language"]))


def restore(_turn: Turn, mark: int, at: int) -> Reply:
    """Raises Unknown."""
    own_words.change(_name(mark), LANGUAGES[at], None)
    return show("word", mark, at, toast=texts.RESTORED.plain())


def _about(key: str) -> list[str]:
    return [name for name in own_words.sentences() if _topic_of(name) == key]


def _listed(names: Iterable[str]) -> Rows:
    at = LANGUAGES.index(languages.spoken())
    return [[Button(_label(name, at), pack("word", _mark(name), at))] for name in names]


def _label(name: str, at: int) -> str:
    now, ours = _now(name, LANGUAGES[at]), _ours(name, LANGUAGES[at])
    mark = "✏️ " if now != ours else ""
    return html.cut(mark + " ".join(html.unmarked(now).split()), LABEL_UNITS)


def _says(name: str, words: str) -> bool:
    """In whatever language: buyers read it in theirs."""
    return any(words in html.unmarked(_now(name, language)).casefold() for language in LANGUAGES)


def _now(name: str, language: str) -> str:
    return own_words.sentences()[name].said(language)


def _ours(name: str, language: str) -> str:
    return languages.translated(own_words.sentences()[name].template, language)


def _gaps(name: str) -> Html:
    gaps = sorted(own_words.gaps(own_words.sentences()[name].template))
    return texts.GAPS(gaps=" ".join(f"{{{gap}}}" for gap in gaps)) if gaps else Html()


def _topic(at: int) -> tuple[str, html.Label]:
    if at >= len(texts.TOPICS):
        raise Unknown("words")
    return list(texts.TOPICS.items())[at]


def _topic_of(name: str) -> str:
    return name.partition(".")[0]


def _mark(name: str) -> int:
    """Buttons carry numbers only."""
    return crc32(name.encode())


def _name(mark: int) -> str:
    for name in own_words.sentences():
        if _mark(name) == mark:
            return name
    raise Unknown("words")

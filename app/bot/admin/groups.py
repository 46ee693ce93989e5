"""`/whitelist` and `/rm`: groups that get the shop's notices, named by standing in them or by their id."""

from __future__ import annotations

import re

from app.bot.parsing import fields
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.money import typed
from app.people import groups
from app.texts import html
from app.texts.admin import groups as texts
from app.texts.html import Html
from models import User

TITLE_UNITS = 100

_ID = re.compile(r"-[0-9]{1,18}")


def whitelist(turn: Turn) -> Reply:
    """A group that is elsewhere gets a word, which shows whether the bot is there. Raises WrongFormat."""
    chat_id = _which(turn, "whitelist")
    if chat_id != turn.event.chat_id:
        return show("whitelisted", chat_id, "", groups.add_unseen(chat_id, turn.person.id))
    title, thread_id = turn.event.chat_title, turn.event.thread_id
    added = groups.add(chat_id, title, turn.person.id, thread_id)
    return show("whitelisted", chat_id, title, added or groups.choose_topic(chat_id, thread_id))


def remove(turn: Turn) -> Reply:
    """Raises WrongFormat."""
    chat_id = _which(turn, "rm")
    group = groups.get(chat_id)
    title = group.title if group else turn.event.chat_title if chat_id == turn.event.chat_id else ""
    return show("unlisted", chat_id, title, groups.remove(chat_id))


def whitelisted(_person: User, chat_id: int, title: str, changed: bool) -> Screen:
    return Screen(texts.WHITELISTED[changed](group=named(chat_id, title)))


def unlisted(_person: User, chat_id: int, title: str, changed: bool) -> Screen:
    return Screen(texts.REMOVED[changed](group=named(chat_id, title)))


def named(chat_id: int, title: str) -> Html:
    if not title:
        return texts.GROUP_WITHOUT_TITLE(id=chat_id)
    return texts.GROUP(title=html.cut(title, TITLE_UNITS), id=chat_id)


def _which(turn: Turn, command: str) -> int:
    named = typed.seen(turn.rest)
    if not named and turn.event.in_group:
        return turn.event.chat_id
    if not named:
        raise WrongFormat(f"{command}.no_group")
    if not _ID.fullmatch(named):
        raise WrongFormat(f"{command}.group", given=fields.given(named))
    return int(named)

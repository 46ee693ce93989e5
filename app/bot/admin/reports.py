"""What is told about people and groups to those who did not ask just now, by the kind that services name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.bot.admin import groups, roles
from app.bot.texts import notices as notice_texts
from app.bot.toolkit.screen import Screen
from app.people import users

Data = dict[str, Any]


def _lost(data: Data) -> Screen:
    return Screen(notice_texts.GROUP_LOST(group=groups.named(data["chat_id"], data["title"])))


def _outcome(data: Data) -> Screen:
    text = notice_texts.OUTCOMES[data["message"], data["outcome"]]
    return Screen(text(who=roles.named(users.get(data["user_id"]))))


KINDS: dict[str, Callable[[Data], Screen]] = {
    "group_added": lambda _: Screen(notice_texts.GROUP_ADDED()),
    "group_lost": _lost,
    "promoted": lambda data: Screen(notice_texts.PROMOTED[data["role"]]()),
    "message_outcome": _outcome,
}

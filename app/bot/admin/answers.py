"""An admin's reply to a customer's message, wherever it was copied to: the customer gets it."""

from __future__ import annotations

from app.bot.texts.admin import answers as texts
from app.bot.toolkit import html
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.people import support, users
from models import User

NAME_UNITS = 100


def answered(turn: Turn) -> Reply | None:
    """None when what was written is no such reply."""
    event = turn.event
    if event.reply_to is None or not users.is_admin(turn.person):
        return None
    user_id = support.customer(event.chat_id, event.reply_to)
    if user_id is None or event.message_id is None:
        return None
    support.answer(user_id, event.chat_id, event.message_id, event.thread_id)
    return show("answered", user_id)


def confirmation(_person: User, user_id: int) -> Screen:
    """That it is on its way; if it does not arrive, workers report it."""
    return Screen(texts.ANSWERED(name=html.cut(users.get(user_id).name, NAME_UNITS)))

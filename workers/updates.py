"""Updates from Telegram, one job each: the bot decides, the answer goes out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dramatiq

from app.bot import conversation, events, groups
from app.bot.events import Command
from app.clients import telegram
from app.clients.telegram import Telegram
from workers import show


@dramatiq.actor
def handle_update(update: dict[str, Any]) -> None:
    """Safe to repeat: an update that has acted is only drawn again."""
    if groups.heard(update):
        return
    event = events.read(update)
    if event is None:
        return
    if event.blocked is not None:
        conversation.membership(event)
    elif not _is_for_another_bot(event.command):
        outcome = conversation.react(event)
        try:
            show.reply(event, outcome.reply, outcome.screen)
        except show.Halfway as halfway:
            conversation.begun(event.update_id, outcome.reply)
            raise halfway.error from halfway


def _is_for_another_bot(command: Command | None) -> bool:
    """`/stock@other_bot`, in groups with several bots."""
    if command is None or command.addressee is None:
        return False
    return command.addressee.lower() != _username(telegram.client()).lower()


@lru_cache(maxsize=4)
def _username(bot: Telegram) -> str:
    """A bot's name changes only in BotFather, and then a restart is due."""
    return str(bot.get_me()["username"])

"""What the bot is called, asked once a process."""

from __future__ import annotations

from functools import lru_cache

from app.clients import telegram_errors
from app.clients.telegram import Telegram


@lru_cache(maxsize=4)
def of(bot: Telegram) -> str:
    """Without the @. It changes only in BotFather, and then a restart is due. Raises ClientErrors."""
    with telegram_errors.reading():
        return str(bot.get_me()["username"])

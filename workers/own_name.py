"""What the bot is called, asked once a process."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import lru_cache

import structlog

from app.clients import telegram_errors
from app.clients.telegram import Telegram
from app.errors import ClientError

log = structlog.get_logger()

#: Whoever can do without the name asks no more for so long after it was not told: somebody waits for a QR.
REST_S = 60.0


@dataclass
class _Rest:
    until_s: float = -math.inf


_rest = _Rest()


@lru_cache(maxsize=4)
def of(bot: Telegram) -> str:
    """Without the @. It changes only in BotFather, and then a restart is due. Raises ClientErrors."""
    with telegram_errors.reading():
        return str(bot.get_me()["username"])


def if_told(bot: Telegram) -> str | None:
    """The same, or None if Telegram does not tell, or did not a moment ago."""
    if time.monotonic() < _rest.until_s:
        return None
    try:
        return of(bot)
    except ClientError as error:
        _rest.until_s = time.monotonic() + REST_S
        log.warning("telegram does not tell the bot's name", error=str(error))
        return None

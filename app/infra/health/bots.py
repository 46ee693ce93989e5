"""Whose database it is: two bots on one would take each other's orders, and write to people who never wrote
to them."""

from __future__ import annotations

import structlog

import settings
from app.infra import stored

log = structlog.get_logger()

KEY = "bot"
#: Asks a database.
KNOWN = "SELECT value FROM setting WHERE key = 'bot'"


def announce() -> None:
    """The first bot whose worker uses the database is its own; another one's says so in the log."""
    stored.put_new(KEY, settings.current().bot_id)
    if wrong := complaint(stored.get(KEY)):
        log.error(wrong)


def complaint(known: str | None) -> str | None:
    """What is wrong in one sentence, if the database is another bot's than TELEGRAM_BOT_TOKEN's."""
    ours = settings.current().bot_id
    if known in {None, ours}:
        return None
    return (
        f"DATABASE_URL is that of bot {known} and TELEGRAM_BOT_TOKEN that of bot {ours}: correct one of "
        "them, or, if the shop has a new bot, run: python -m app.ops migrate --new-bot"
    )

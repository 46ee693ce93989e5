"""Promises the menus of commands beside people's input fields, and what the bot says of itself. The words
are the bot's."""

from __future__ import annotations

from app.infra import stored, transactions
from app.infra.queue import outbox

_ABOUT = "bot_about"


def publish() -> None:
    """For everybody and for each admin: at every release, as it may bring other commands and words."""
    with transactions.atomic():
        outbox.add("publish_commands")
        outbox.add("describe_bot")


def offer(user_id: int) -> None:
    """For one person, whose role has changed or who is new."""
    with transactions.atomic():
        outbox.add("offer_commands", user_id)


def is_ours(current: str, wanted: str) -> bool:
    """Whether what the bot says of itself now is nothing, or ours of this release or an earlier one. What
    somebody wrote with @BotFather is theirs."""
    return not current or current == wanted or current in stored.get(_ABOUT, [])


def note_described(ours: list[str]) -> None:
    """What Telegram has made of our words."""
    stored.put(_ABOUT, ours)

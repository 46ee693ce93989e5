"""Promises the menu of commands beside people's input field. Which commands those are, the bot knows."""

from __future__ import annotations

from app.infra import transactions
from app.infra.queue import outbox


def publish() -> None:
    """For everybody and for each admin: whenever a release starts, as it may bring other commands."""
    with transactions.atomic():
        outbox.add("publish_commands")


def offer(user_id: int) -> None:
    """For one person, whose role has changed or who is new."""
    with transactions.atomic():
        outbox.add("offer_commands", user_id)

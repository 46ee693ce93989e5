"""Rows that nobody will read again: how long each kind is kept."""

from __future__ import annotations

from datetime import timedelta

from models import DeadLetter, HandledUpdate, SupportMessage, utcnow

#: Telegram repeats an update for a day at most.
UPDATES_KEPT = timedelta(days=3)
#: Dead letters that an operator has dealt with.
LETTERS_KEPT = timedelta(days=30)
#: A customer's message can be answered for so long.
MESSAGES_KEPT = timedelta(days=180)


def prune() -> int:
    """Delete what is past its time; returns how many rows went."""
    now = utcnow()
    updates = HandledUpdate.delete().where(HandledUpdate.handled_at < now - UPDATES_KEPT)
    letters = DeadLetter.delete().where(
        DeadLetter.state != DeadLetter.DEAD, DeadLetter.died_at < now - LETTERS_KEPT
    )
    messages = SupportMessage.delete().where(SupportMessage.at < now - MESSAGES_KEPT)
    return int(updates.execute() + letters.execute() + messages.execute())

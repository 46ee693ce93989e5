"""Rows that nobody will read again: how long each kind is kept."""

from __future__ import annotations

from datetime import timedelta

from app.audit import pruning
from app.catalogue import batches
from app.sales import quotes
from models import DeadLetter, HandledUpdate, SupportMessage, db, utcnow

#: Telegram repeats an update for a day at most.
UPDATES_KEPT = timedelta(hours=30)
#: Dead letters that an operator has dealt with.
LETTERS_KEPT = timedelta(days=30)
#: A customer's message can be answered for so long.
MESSAGES_KEPT = timedelta(days=180)
#: Who got a broadcast that is over; its counts stay. A million rows would be too many for one run.
RECIPIENTS_KEPT = timedelta(days=60)
RECIPIENTS_AT_ONCE = 100_000

_RECIPIENTS = """
DELETE FROM broadcast_recipient
WHERE (broadcast_id, user_id) IN (
    SELECT r.broadcast_id, r.user_id
    FROM broadcast b
    JOIN broadcast_recipient r ON r.broadcast_id = b.id
    WHERE b.ended_at < %s
    LIMIT %s
)
"""


def prune() -> int:
    """Delete what is past its time; returns how many rows went."""
    now = utcnow()
    updates = HandledUpdate.delete().where(HandledUpdate.handled_at < now - UPDATES_KEPT)
    letters = DeadLetter.delete().where(
        DeadLetter.state != DeadLetter.DEAD, DeadLetter.died_at < now - LETTERS_KEPT
    )
    messages = SupportMessage.delete().where(SupportMessage.at < now - MESSAGES_KEPT)
    recipients = db.execute_sql(_RECIPIENTS, (now - RECIPIENTS_KEPT, RECIPIENTS_AT_ONCE)).rowcount
    forgotten = batches.forget_old() + quotes.forget_old() + pruning.prune()
    return int(updates.execute() + letters.execute() + messages.execute() + recipients + forgotten)

"""Rows that nobody will read again: how long each kind is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from app.audit import pruning
from app.catalogue import batches
from app.sales import quotes
from models import db, utcnow

#: Telegram repeats an update for a day at most.
UPDATES_KEPT = timedelta(hours=30)
#: Dead letters that an operator has dealt with.
LETTERS_KEPT = timedelta(days=30)
#: A customer's message can be answered for so long.
MESSAGES_KEPT = timedelta(days=180)
#: Who got a broadcast that is over; its counts stay.
RECIPIENTS_KEPT = timedelta(days=60)
#: Rows that one statement deletes, which nobody should have to wait for; a run goes on for so long with more.
AT_ONCE = 20_000
AT_MOST_S = 20.0

#: Each deletes the %(most)s next ones from before %(until)s: the first run after a long rest finds millions.
_UPDATES = """
DELETE FROM handled_update
WHERE ctid = ANY(ARRAY(SELECT ctid FROM handled_update WHERE handled_at < %(until)s LIMIT %(most)s))
"""
_LETTERS = """
DELETE FROM dead_letter
WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM dead_letter WHERE state <> 'dead' AND died_at < %(until)s LIMIT %(most)s
))
"""
_MESSAGES = """
DELETE FROM support_message
WHERE ctid = ANY(ARRAY(SELECT ctid FROM support_message WHERE at < %(until)s LIMIT %(most)s))
"""
#: One broadcast after the other, each by its key: joined, all those that are kept would be read every time.
_RECIPIENTS = """
DELETE FROM broadcast_recipient
WHERE ctid = ANY(ARRAY(
    SELECT old.ctid
    FROM broadcast b
    CROSS JOIN LATERAL (
        SELECT ctid FROM broadcast_recipient WHERE broadcast_id = b.id ORDER BY user_id LIMIT %(most)s
    ) AS old
    WHERE b.ended_at < %(until)s
    LIMIT %(most)s
))
"""


def prune() -> int:
    """Delete what is past its time, most of it if it is very much; returns how many rows went."""
    end_s = time.monotonic() + AT_MOST_S
    return sum(gone for some in _kinds(utcnow()) for gone in _until(end_s, some))


def _kinds(now: datetime) -> Iterator[Callable[[], int]]:
    yield partial(_delete, _UPDATES, now - UPDATES_KEPT)
    yield partial(_delete, _LETTERS, now - LETTERS_KEPT)
    yield partial(_delete, _MESSAGES, now - MESSAGES_KEPT)
    yield partial(_delete, _RECIPIENTS, now - RECIPIENTS_KEPT)
    yield from (batches.forget_old, quotes.forget_old, pruning.prune)


def _until(end_s: float, some: Callable[[], int]) -> Iterator[int]:
    """Again and again until nothing goes or the time is up; once in any case, so that no kind is left out."""
    while gone := some():
        yield gone
        if time.monotonic() > end_s:
            return


def _delete(statement: str, until: datetime) -> int:
    return int(db.execute_sql(statement, {"until": until, "most": AT_ONCE}).rowcount)

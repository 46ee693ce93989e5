"""Who of a broadcast comes next, and what became of whom. One statement each: this runs for every message.

A lane is a job that writes to one person after another. Marked `sending` before the call, a person whose lane
was killed in the middle is not written to again: the lane's next run finds and counts them as `unknown`.
Who was put aside comes after all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.infra import transactions
from app.infra.queue import outbox
from models import Broadcast, BroadcastRecipient, db, utcnow

_CLAIM = """
UPDATE broadcast_recipient r
SET state = 'sending', lane = %(lane)s
FROM (
    SELECT w.user_id
    FROM broadcast_recipient w
    WHERE w.broadcast_id = %(id)s AND w.state = 'waiting' AND (w.retry_at IS NULL OR w.retry_at <= %(now)s)
    ORDER BY w.retry_at NULLS FIRST, w.user_id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
) AS next, "user" u
WHERE r.broadcast_id = %(id)s AND r.user_id = next.user_id AND u.id = next.user_id
  AND EXISTS (SELECT 1 FROM broadcast b WHERE b.id = %(id)s AND b.state = 'running' AND b.run = %(run)s)
RETURNING r.user_id, u.unreachable_at IS NOT NULL OR u.banned_at IS NOT NULL, r.retry_at IS NOT NULL,
    u.language
"""

# What was unknown may turn out to be sent after all: its lane was thought dead, and is not.
_SETTLE = """
WITH claimed AS (
    SELECT user_id, state
    FROM broadcast_recipient
    WHERE broadcast_id = %(id)s AND user_id = %(user)s AND state IN ('sending', 'unknown')
    FOR UPDATE
), settled AS (
    UPDATE broadcast_recipient r
    SET state = %(state)s, retry_at = coalesce(%(retry_at)s, r.retry_at)
    FROM claimed c
    WHERE r.broadcast_id = %(id)s AND r.user_id = c.user_id
    RETURNING c.state AS former, r.state
)
UPDATE broadcast b
SET sent = sent + (s.state = 'sent')::int,
    blocked = blocked + (s.state = 'blocked')::int,
    failed = failed + (s.state = 'failed')::int,
    unknown = unknown + (s.state = 'unknown')::int - (s.former = 'unknown')::int
FROM settled s
WHERE b.id = %(id)s
RETURNING b.state, b.run
"""


@dataclass(frozen=True)
class Recipient:
    """`silent`: blocked the bot or was banned after the list was made. `again`: was put aside before.
    `language`: the one they read."""

    user_id: int
    silent: bool
    again: bool = False
    language: str | None = None


def claim(broadcast_id: int, run: int, lane: int) -> Recipient | None:
    """The next person, now `sending`. None: nobody waits who may be written to, or this run is over."""
    values = {"id": broadcast_id, "run": run, "lane": lane, "now": utcnow()}
    row = db.execute_sql(_CLAIM, values).fetchone()
    return Recipient(*row) if row else None


def release(broadcast_id: int, user_id: int) -> None:
    """The message surely did not go out: the person waits again."""
    settle(broadcast_id, user_id, BroadcastRecipient.WAITING)


def put_aside(broadcast_id: int, user_id: int, wait_s: float) -> None:
    """As `release`, but others go first."""
    _settle(broadcast_id, user_id, BroadcastRecipient.WAITING, utcnow() + timedelta(seconds=wait_s))


def any_aside(broadcast_id: int) -> bool:
    """Whether somebody who was put aside still waits."""
    aside = BroadcastRecipient.select(BroadcastRecipient.user).where(
        BroadcastRecipient.broadcast == broadcast_id,
        BroadcastRecipient.state == BroadcastRecipient.WAITING,
        BroadcastRecipient.retry_at.is_null(False),
    )
    return bool(aside.exists())


def settle(broadcast_id: int, user_id: int, state: str) -> None:
    """What became of a claimed person, and the count of it. If the broadcast is over, it is shown again."""
    _settle(broadcast_id, user_id, state, None)


def _settle(broadcast_id: int, user_id: int, state: str, retry_at: datetime | None) -> None:
    with transactions.atomic():
        values = {"id": broadcast_id, "user": user_id, "state": state, "retry_at": retry_at}
        row = db.execute_sql(_SETTLE, values).fetchone()
        if row and row[0] != Broadcast.RUNNING:
            outbox.add("show_broadcast", broadcast_id, row[1])


def give_up_lost(broadcast_id: int, lane: int) -> None:
    """Whoever this lane was writing to when it was killed may have the message or not."""
    lost = BroadcastRecipient.select(BroadcastRecipient.user).where(
        BroadcastRecipient.broadcast == broadcast_id,
        BroadcastRecipient.lane == lane,
        BroadcastRecipient.state == BroadcastRecipient.SENDING,
    )
    for each in lost:
        settle(broadcast_id, each.user_id, BroadcastRecipient.UNKNOWN)

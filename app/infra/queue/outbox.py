"""Jobs promised in a transaction: rows that stay until the job is done, whatever becomes of Redis.

When a job is due, and how often it was tried, is what its row says; Redis carries a copy of that.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import orjson
import redis
import structlog

import models
from app.infra import clock_skew, logs, redis_client, stored, transactions
from app.infra.metrics import counters
from app.infra.queue import lanes, sealing, waiting, wire
from models import Outbox, db

log = structlog.get_logger()

#: A row that has been due for less is most likely being run; the sweep leaves it.
GRACE = timedelta(seconds=5)
#: How long whoever promised a job and does it at once may take: longer than a call to Telegram may,
#: but for an upload. Until then the sweep leaves the job to them.
HELD = timedelta(seconds=15)
#: Rows that were swept are not looked at again for so long.
REST = timedelta(seconds=10)
#: A row that has been due for so long is run, even if Redis has it for later: clocks of machines are not that
#: far apart, so somebody has set back that of Redis.
OVERDUE = timedelta(minutes=5)
SWEEP_AT_MOST_S = 5.0

#: Peewee takes longer to put such a statement together than PostgreSQL to do it.
_INSERT = """
INSERT INTO outbox (id, actor, queue, args, attempt, due_at, created_at, correlation_id)
SELECT * FROM jsonb_to_recordset(%s::jsonb) AS promised (
    id uuid, actor text, queue text, args jsonb, attempt integer, due_at timestamptz, created_at timestamptz,
    correlation_id text
)
"""


class _Kept(threading.local):
    """Rows that this thread enqueues in a moment; None when it does so right after each commit."""

    def __init__(self) -> None:
        self.rows: list[Outbox] | None = None


_kept = _Kept()


def add(
    actor: str,
    *args: Any,
    delay_ms: int = 0,
    queue: str | None = None,
    correlation_id: str | None = None,
    row_id: uuid.UUID | None = None,
    held: bool = False,
) -> None:
    """Promise a job, inside `transactions.atomic()`. `args`: ids and small JSON values.

    It waits in its actor's queue unless another is named. `held`: whoever promises it does it right after
    the commit, then says `close` or `release`; the sweep has it done if neither is said.

    The row is written right before the commit and the job enqueued right after it.
    """
    now = models.utcnow()
    due_at = now + (HELD if held else timedelta(milliseconds=delay_ms))
    row = Outbox(
        id=row_id or uuid.uuid4(),
        actor=actor,
        queue=queue or lanes.of(actor),
        args=sealing.seal(actor, args),
        attempt=0,
        created_at=now,
        due_at=due_at,
        correlation_id=correlation_id or logs.correlation_id(),
    )
    transactions.collect("outbox", (row, held), _write)


def add_once(actor: str) -> bool:
    """Promise a job of an actor that takes nothing; False when one waits or runs already. Of two who ask at
    once one waits for the other."""
    with transactions.atomic():
        stored.lock(f"promised:{actor}", True)
        if Outbox.select().where(Outbox.actor == actor).exists():
            return False
        add(actor)
        return True


@contextmanager
def goods_first() -> Iterator[None]:
    """What is promised inside for a later moment is enqueued at the end, when nobody waits for this thread
    any more; should it not get so far, the sweep does it."""
    _kept.rows, rows = [], _kept.rows
    try:
        yield
    finally:
        _kept.rows, rows = rows, _kept.rows
        if rows:
            _enqueue(rows)


def _write(promises: list[tuple[Outbox, bool]]) -> None:
    rows = orjson.dumps([row.__data__ for row, _ in promises], default=datetime.isoformat)
    db.execute_sql(_INSERT, [rows.decode()])
    if free := [row for row, held in promises if not held]:
        transactions.after_commit(lambda: _begin(free))


def _begin(rows: list[Outbox]) -> None:
    if _kept.rows is not None:
        now = models.utcnow()
        _kept.rows += [row for row in rows if row.due_at > now]
        rows = [row for row in rows if row.due_at <= now]
    if rows:
        _enqueue(rows)


def _enqueue(rows: list[Outbox]) -> None:
    try:
        wire.send(redis_client.shared(), [_job(row, waiting.since_ms()) for row in rows])
    except redis.RedisError as error:
        log.warning("jobs not enqueued, the sweep will", jobs=len(rows), error=str(error))


def _job(row: Outbox, since_ms: int | None = None) -> tuple[wire.Message, int]:
    """`since_ms`: when that came in what it follows from; it goes on with that unless it is delayed."""
    is_due = row.due_at <= models.utcnow()
    if since_ms is None or not is_due:
        since_ms = int(row.due_at.timestamp() * 1000)
    job = wire.message(
        row.actor,
        row.args,
        queue=row.queue,
        message_id=str(row.id),
        correlation_id=row.correlation_id,
        options={"outbox": True, "retries": row.attempt, "since": since_ms},
    )
    return job, 0 if is_due else clock_skew.redis_ms(redis_client.shared(), row.due_at)


def close(row_id: str | uuid.UUID) -> None:
    """The job is done, or has become a dead letter in this same transaction."""
    Outbox.delete().where(Outbox.id == row_id).execute()


def release(row_id: uuid.UUID, delay_ms: int = 0) -> None:
    """A held job is to be done in a worker's turn, like any other."""
    due_at = models.utcnow() + timedelta(milliseconds=delay_ms)
    with transactions.atomic():
        rows = list(Outbox.update(due_at=due_at).where(Outbox.id == row_id).returning(Outbox).execute())
        transactions.after_commit(lambda: _enqueue(rows))


def postpone(row_id: str, due_at: datetime, attempt: int) -> None:
    """The job will run again; if Redis loses it, the sweep brings it back no sooner."""
    Outbox.update(due_at=due_at, attempt=attempt).where(Outbox.id == row_id).execute()


def hasten(actor: str, seen: Mapping[uuid.UUID, datetime]) -> int:
    """Have jobs of an actor run now that are still put off to when they were `seen` to be; how many were.

    Inside `transactions.atomic()`: a job that ends or is put off again meanwhile waits for the rows' locks,
    and what Redis says is being run stays as it is. Raises redis errors.
    """
    now = models.utcnow()
    rows = [row for row in _put_off(actor, list(seen), now) if row.due_at == seen[row.id]]
    for row in rows:
        row.due_at = now
    moved = wire.hasten(redis_client.shared(), [_job(row)[0] for row in rows])
    begun = [row.id for row, is_moved in zip(rows, moved, strict=True) if is_moved]
    if begun:
        Outbox.update(due_at=now, swept_at=None).where(Outbox.id.in_(begun)).execute()
    return len(begun)


def _put_off(actor: str, ids: list[uuid.UUID], now: datetime) -> Any:
    """Not those that are held: they are being done, and Redis does not know it."""
    is_held = Outbox.due_at == Outbox.created_at + HELD
    found = Outbox.select().where(Outbox.id.in_(ids), Outbox.actor == actor, Outbox.due_at > now, ~is_held)
    return found.order_by(Outbox.id).for_update(transactions.LOCK)


def sweep(limit: int = 500) -> int:
    """Enqueue again what is due and no longer in Redis, `limit` rows a transaction; how many those were.

    Rows stay locked meanwhile: a job that ends at this moment cannot be taken for a lost one.
    """
    restored, end_s = 0, time.monotonic() + SWEEP_AT_MOST_S
    while True:
        with models.db.atomic():
            rows = list(_due(models.utcnow(), limit))
            restored += _restore(rows)
        if len(rows) < limit or time.monotonic() > end_s:
            return restored


def _due(now: datetime, limit: int) -> Any:
    return (
        Outbox.select()
        .where(Outbox.due_at <= now - GRACE)
        .where(Outbox.swept_at.is_null() | (Outbox.swept_at <= now - REST))
        .order_by(Outbox.due_at)
        .limit(limit)
        .for_update(skip_locked=True)
    )


def _restore(rows: list[Outbox]) -> int:
    if not rows:
        return 0
    overdue_since = models.utcnow() - OVERDUE
    restored = sum(wire.send(redis_client.shared(), [_job(row) for row in rows]))
    overdue = [_job(row)[0] for row in rows if row.due_at <= overdue_since]
    restored += sum(wire.hasten(redis_client.shared(), overdue))
    Outbox.update(swept_at=models.utcnow()).where(Outbox.id.in_([row.id for row in rows])).execute()
    if restored:
        counters.RESTORED.inc(restored)
        log.warning("lost jobs enqueued again", jobs=restored)
    return restored

"""Jobs that wait: which are due, late, or tried again, and how an operator has one run at once.

Those that are promised, that is; what Redis alone knows of goes away with its next try.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import redis
from peewee import fn

from app import audit
from app.infra import transactions
from app.infra.queue import outbox
from models import Outbox, utcnow

#: Longer than this nobody should wait for a worker.
LATE = timedelta(minutes=1)


class QueueAway(Exception):
    """Redis cannot be asked: nothing was changed."""


@dataclass(frozen=True)
class Kind:
    """Jobs of one actor. `late` of the `due` ones have been so for a while; `retrying` failed before, `later`
    wait for their moment. `next_at`: when the first of them is due, or has been."""

    actor: str
    due: int
    late: int
    retrying: int
    later: int
    next_at: datetime


def kinds() -> list[Kind]:
    """Those that wait longest first."""
    now = utcnow()
    rows: Any = (
        Outbox.select(
            Outbox.actor,
            fn.COUNT(Outbox.id).filter(Outbox.due_at <= now),
            fn.COUNT(Outbox.id).filter(Outbox.due_at <= now - LATE),
            fn.COUNT(Outbox.id).filter(Outbox.attempt > 0),
            fn.COUNT(Outbox.id).filter(Outbox.due_at > now),
            fn.MIN(Outbox.due_at),
        )
        .group_by(Outbox.actor)
        .order_by(fn.MIN(Outbox.due_at))
    )
    return [Kind(*row) for row in rows.tuples()]


def of(actor: str, most: int) -> list[Outbox]:
    """The first of an actor, by when they are due."""
    return list(Outbox.select().where(Outbox.actor == actor).order_by(Outbox.due_at).limit(most))


def run_now(actor: str, seen: Mapping[UUID, datetime]) -> int:
    """Have these run at once, if each is still put off as it was `seen` to be; how many were. One that runs,
    has run, or was put off again meanwhile is left alone. Raises QueueAway."""
    with transactions.atomic():
        try:
            count = outbox.hasten(actor, seen)
        except redis.RedisError as error:
            raise QueueAway from error
        if count:
            audit.record("jobs.hastened", f"jobs:{actor}", count=count)
        return count

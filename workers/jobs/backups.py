"""Backups and drills of them, for as long as they take, one of a kind at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dramatiq

from app.backoffice import backups
from app.infra.queue import lanes
from app.infra.queue.retries import Later
from app.ops import turns
from app.ops.backups import drill, making
from workers.policies import patient

#: A large shop takes minutes; a slow line to Telegram takes more.
LONGEST_MS = 4 * 3600 * 1000
AGAIN_MS = 30_000


@dramatiq.actor(queue_name=lanes.BULK, max_retries=5, min_backoff=60_000, time_limit=LONGEST_MS)
def make_backup() -> None:
    """Again from the start when it fails: the newest state is the better backup."""
    with waiting():
        making.back_up()


@dramatiq.actor(queue_name=lanes.BULK, max_retries=2, min_backoff=600_000, time_limit=LONGEST_MS)
def drill_backup() -> None:
    """What it finds is noted, whatever it is."""
    with waiting():
        drill.run()


@contextmanager
def waiting() -> Iterator[None]:
    """For one that is under way: then it is this one's turn, to see what has happened since."""
    try:
        yield
    except turns.UnderWay as error:
        raise Later(AGAIN_MS) from error


@patient
def sweep_backups() -> None:
    backups.promise_due()

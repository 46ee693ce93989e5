"""Backups and drills of them, for as long as they take. Two at once do not disturb each other."""

from __future__ import annotations

import dramatiq

from app.backoffice import backups
from app.infra.queue import lanes
from app.ops.backups import drill, making
from workers.policies import patient

#: A large shop takes minutes; a slow line to Telegram takes more.
LONGEST_MS = 4 * 3600 * 1000


@dramatiq.actor(queue_name=lanes.BULK, max_retries=5, min_backoff=60_000, time_limit=LONGEST_MS)
def make_backup() -> None:
    """Again from the start when it fails: the newest state is the better backup."""
    making.back_up()


@dramatiq.actor(queue_name=lanes.BULK, max_retries=2, min_backoff=600_000, time_limit=LONGEST_MS)
def drill_backup() -> None:
    """What it finds is noted, whatever it is."""
    drill.run()


@patient
def sweep_backups() -> None:
    backups.promise_due()

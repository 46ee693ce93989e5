"""Whether everything holds that must: looked at every night, and whenever somebody asks."""

from __future__ import annotations

import dramatiq
import structlog

from app.backoffice import books, verifications
from app.infra.queue import lanes
from app.ops import invariants, turns
from models import utcnow
from workers.jobs.backups import waiting
from workers.policies import patient

log = structlog.get_logger()

#: A million orders take a minute.
LONGEST_MS = 3600 * 1000


@dramatiq.actor(queue_name=lanes.BULK, max_retries=5, min_backoff=60_000, time_limit=LONGEST_MS)
def verify_shop() -> None:
    """What it finds is noted, for the page and the rule that tells of it."""
    with waiting(), turns.only("verify"):
        began = utcnow()
        breaches = [str(breach) for breach in invariants.run()]
        books.close()
        verifications.note(began, breaches)
    if breaches:
        log.error("something that must hold does not", breaches=len(breaches), first=breaches[0])


@patient
def sweep_verify() -> None:
    verifications.promise_due()

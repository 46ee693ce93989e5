"""The audit: brought to its own database all the time, proved every night."""

from __future__ import annotations

import dramatiq

from app.audit import archive, shipping
from app.backoffice import audit_checks
from app.infra.queue import lanes
from app.infra.queue.retries import Later
from workers.policies import patient

#: Ten million events take minutes.
LONGEST_MS = 3600 * 1000
#: A database that is away is asked again so late.
AGAIN_MS = 600_000


@patient
def ship_audit() -> None:
    shipping.ship()


@patient
def sweep_audit() -> None:
    audit_checks.promise()


@dramatiq.actor(queue_name=lanes.BULK, max_retries=5, min_backoff=60_000, time_limit=LONGEST_MS)
def prove_audit(whole: bool) -> None:
    """Tells the head, or where the chain breaks."""
    try:
        audit_checks.prove(whole)
    except archive.Away as error:
        raise Later(AGAIN_MS) from error

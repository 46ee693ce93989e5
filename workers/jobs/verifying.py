"""Whether everything holds that must: looked at every night, and whenever somebody asks. And what is set up
wrong: whenever somebody asks."""

from __future__ import annotations

from dataclasses import asdict

import dramatiq
import structlog

from app.backoffice import books, diagnoses, verifications
from app.infra.queue import lanes
from app.ops import doctor, invariants, turns
from models import utcnow
from workers.jobs.backups import waiting
from workers.policies import patient, unhurried

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


@unhurried
def run_doctor() -> None:
    """By what this worker can reach and see: its own settings, and its own disk."""
    began = utcnow()
    lines = doctor.examine()
    diagnoses.note(began, [asdict(line) for line in lines])


@patient
def sweep_verify() -> None:
    verifications.promise_due()

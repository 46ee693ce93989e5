"""The table of what is watched. Its words are in app/bot/texts/admin/alerts.py, by the same names."""

from __future__ import annotations

from datetime import timedelta

import structlog

from app.alerts import digest, heart, incidents, jobs, payments
from app.alerts.reading import Rule

log = structlog.get_logger()

#: Judged by the clock itself: every other word is a worker's job.
WORKERS = Rule(
    "workers",
    heart.workers,
    rings=True,
    clear_after=timedelta(seconds=60),
    cost=jobs.waiting_now,
)
#: Judged by a sweep.
RULES = (
    Rule("payments", payments.success, rings=True, cost=payments.failed_since),
    Rule("unpaid", payments.unpaid, rings=True),
    Rule("dead_letters", jobs.dead_letters, is_news=jobs.are_news, cost=jobs.died_since),
    Rule("jobs_late", jobs.oldest),
    Rule("redis_full", heart.redis_memory),
)
BY_NAME = {rule.name: rule for rule in (WORKERS, *RULES)}


def evaluate() -> None:
    """Judge them all, and tell of the morning. One that cannot be measured keeps no other from it."""
    for rule in RULES:
        try:
            reading = rule.measure()
        except Exception:
            log.exception("rule cannot be measured", rule=rule.name)
            continue
        if reading is not None:
            incidents.judge(rule, reading)
    digest.promise()
    heart.beat()

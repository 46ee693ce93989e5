"""The table of what is watched. Its words are in app/texts/operators/alerts.py, by the same names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import structlog

import settings
from app.backoffice.alerts import audit, calls, digest, heart, incidents, jobs, payments, upkeep
from app.backoffice.alerts.reading import Rule

log = structlog.get_logger()

#: Judged by the clock itself: every other word is a worker's job.
WORKERS = Rule("workers", heart.workers, rings=True, by_clock=True, cost=jobs.waiting_now)
#: Judged by a sweep.
RULES = (
    Rule("pakasir", calls.pakasir, rings=True, cost=calls.failed_pakasir),
    Rule("telegram", calls.telegram, rings=True, cost=calls.failed_telegram),
    Rule("messages", calls.messages, clear_after=timedelta(minutes=5), cost=calls.died),
    Rule("payments", payments.success, rings=True, cost=payments.failed_since),
    Rule("unpaid", payments.unpaid, rings=True),
    Rule("dead_letters", jobs.dead_letters, is_news=jobs.are_news, cost=jobs.died_since),
    # A worker that is back needs a moment for what has waited.
    Rule("jobs_late", jobs.oldest, fire_after=timedelta(seconds=30)),
    Rule("audit_late", audit.backlog),
    # Whoever restarts `web` does not answer for a moment.
    Rule("webhook", upkeep.webhook, fire_after=timedelta(seconds=30)),
    Rule("backup_old", upkeep.backup),
    Rule("drill_failed", upkeep.drill),
    Rule("verify", upkeep.verification),
    Rule("redis_full", heart.redis_memory),
    Rule("database_full", upkeep.database),
    Rule("audit_full", upkeep.audit_database),
)
BY_NAME = {rule.name: rule for rule in (WORKERS, *RULES)}


def workers() -> Rule:
    """The rule with what the settings say: silent for so long, then beating for two thirds of that."""
    silence = timedelta(seconds=settings.current().worker_silence_seconds)
    noticed = timedelta(seconds=heart.WORKER_EXPIRES_S)
    return replace(WORKERS, fire_after=max(silence - noticed, timedelta(0)), clear_after=silence * 2 / 3)


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

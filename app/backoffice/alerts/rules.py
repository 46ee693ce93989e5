"""The table of what is watched. Its words are in app/texts/operators/alerts.py, by the same names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import structlog

import settings
from app.backoffice.alerts import audit, calls, digest, heart, incidents, jobs, payments, upkeep
from app.backoffice.alerts.reading import Facts, Reading, Rule

log = structlog.get_logger()


def _more_unknown(rung: Facts, now: Facts) -> bool:
    return not set(now["rules"]) <= set(rung.get("rules", []))


#: Judged by the clock itself: every other word is a worker's job, and Redis brings it.
WORKERS = Rule("workers", heart.workers, rings=True, by_clock=True, cost=jobs.waiting_now)
REDIS = Rule("redis_away", heart.redis_away, rings=True, by_clock=True, cost=jobs.waiting_now)
#: About the rules themselves. A busy database answers the next time.
UNMEASURED = Rule(
    "unmeasured",
    lambda: None,
    fire_after=timedelta(minutes=2),
    clear_after=timedelta(minutes=1),
    is_news=_more_unknown,
)
#: Judged by a sweep.
RULES = (
    Rule("pakasir", calls.pakasir, rings=True, cost=calls.failed_pakasir),
    Rule("telegram", calls.telegram, rings=True, cost=calls.failed_telegram),
    Rule("messages", calls.messages, clear_after=timedelta(minutes=5), cost=calls.died),
    Rule("payments", payments.success, rings=True, cost=payments.failed_since),
    Rule("unpaid", payments.unpaid, rings=True),
    Rule("dead_letters", jobs.dead_letters, is_news=jobs.are_news, cost=jobs.died_since),
    # A worker that is back needs a moment for what has waited, and one that starts behind a month of events.
    Rule("jobs_late", jobs.oldest, fire_after=timedelta(seconds=30)),
    Rule("audit_late", audit.backlog, fire_after=timedelta(seconds=30)),
    # Whoever restarts `web` does not answer for a moment.
    Rule("webhook", upkeep.webhook, fire_after=timedelta(seconds=30)),
    Rule("backup_old", upkeep.backup),
    Rule("drill_failed", upkeep.drill),
    Rule("verify", upkeep.verification),
    Rule("redis_full", heart.redis_memory),
    Rule("database_full", upkeep.database),
    Rule("audit_full", upkeep.audit_database),
)
BY_NAME = {rule.name: rule for rule in (WORKERS, REDIS, UNMEASURED, *RULES)}


def by_clock() -> tuple[Rule, ...]:
    """Those with what the settings say: silent for so long, then heard for two thirds of that. It is looked
    at now and then, and a look that comes a moment early is not to leave it to the next."""
    silence = timedelta(seconds=settings.current().worker_silence_seconds)
    noticed, early = timedelta(seconds=heart.WORKER_EXPIRES_S), silence / 45
    again = silence * 2 / 3 - early
    return (
        replace(REDIS, fire_after=silence - early, clear_after=again),
        replace(WORKERS, fire_after=max(silence - noticed - early, timedelta(0)), clear_after=again),
    )


def evaluate() -> None:
    """Judge them all, and tell of the morning. One that cannot be measured keeps no other from it, and is
    told of as well: nobody would hear what it is there for."""
    unknown = [rule.name for rule in RULES if not _judged(rule)]
    incidents.judge(UNMEASURED, Reading(bool(unknown), not unknown, {"rules": unknown}))
    digest.promise()
    heart.beat()


def _judged(rule: Rule) -> bool:
    """Whether it could be."""
    try:
        reading = rule.measure()
        if reading is not None:
            incidents.judge(rule, reading)
    except Exception:
        log.exception("rule cannot be measured", rule=rule.name)
        return False
    return True

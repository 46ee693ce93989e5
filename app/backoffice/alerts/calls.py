"""How calls to Telegram and Pakasir end, and whether messages arrive: by the numbers of the last minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.backoffice.alerts.reading import Reading
from app.infra.metrics import counters, windows
from models import DeadLetter, Outbox, utcnow

CALLS = "quickcart_api_call_seconds"
#: Minutes: what is judged, what counts as going on, and what must be without a failure; the one that runs is
#: the last of each.
WINDOW, GOING_ON, QUIET = 5, 2, 4
LEAST_BAD, GOOD_AGAIN = 3, 5
API_PERCENT, DELIVERED_PERCENT = 5, 95
KEPT_MINUTES = 3 * 24 * 60

#: Messages that somebody waits for.
MESSAGES = (
    "deliver_order", "send_qr", "send_notice", "show_paid", "show_closed", "show_checked",
    "head_answer", "send_answer", "send_pm", "forward_message", "send_stats", "tell_alert",
)  # fmt: skip
UNHURRIED = "bulk"
LATE = timedelta(seconds=60)


def pakasir() -> Reading | None:
    return _api("pakasir")


def telegram() -> Reading | None:
    return _api("telegram")


def _api(api: str) -> Reading | None:
    """Three failures in three different minutes say something. None where the counts were lost."""
    counted = windows.by_minute(CALLS, WINDOW, api=api)
    failed = windows.by_minute(CALLS, WINDOW, api=api, outcome=counters.BAD_OUTCOMES)
    if counted is None or failed is None:
        return None
    bad, total = int(sum(failed)), int(sum(counted))
    much = 100 * bad > API_PERCENT * total
    enough = bad >= LEAST_BAD and sum(map(bool, failed)) >= LEAST_BAD
    quiet = not any(failed[-QUIET:]) and total - bad >= GOOD_AGAIN
    facts = {"bad": bad, "of": total, "percent": 100 * bad // total if total else 0}
    return Reading(much and enough and any(failed[-GOING_ON:]), quiet and not much, facts)


def failed_pakasir(since: datetime) -> int:
    return _failed("pakasir", since)


def failed_telegram(since: datetime) -> int:
    return _failed("telegram", since)


def _failed(api: str, since: datetime) -> int:
    minutes = min(int((utcnow() - since).total_seconds()) // 60 + WINDOW, KEPT_MINUTES)
    return int(windows.total(CALLS, minutes, api=api, outcome=counters.BAD_OUTCOMES) or 0)


def messages() -> Reading | None:
    """Those that are late or were given up, against all calls that Telegram has answered well."""
    good = windows.total(CALLS, WINDOW, api="telegram", outcome="ok")
    if good is None:
        return None
    bad = _late().count() + _dead(utcnow() - timedelta(minutes=WINDOW)).count()
    total = bad + int(good)
    low = 100 * int(good) < DELIVERED_PERCENT * total
    return Reading(low and bad >= LEAST_BAD, not bad, {"bad": bad, "of": total})


def died(since: datetime) -> int:
    return int(_dead(since).count())


def _late() -> Any:
    overdue = (Outbox.created_at < utcnow() - LATE, Outbox.queue != UNHURRIED)
    return Outbox.select().where(Outbox.actor.in_(MESSAGES), *overdue)


def _dead(since: datetime) -> Any:
    return DeadLetter.select().where(DeadLetter.actor.in_(MESSAGES), DeadLetter.died_at >= since)

"""What is looked after at night, whether updates reach the shop, and how full its databases are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson

import settings
from app.backoffice import backups, verifications
from app.backoffice.alerts.reading import Reading
from app.infra import redis_client
from app.infra.health import webhooks
from app.infra.metrics import gauges
from models import utcnow

BACKUP_AGE = timedelta(hours=26)
MOST_PENDING = 100
#: Of a database's plan.
FULL_PERCENT, MIB = 80, 1024 * 1024
#: So many lines of what `verify` found are told.
MOST_LINES = 3
#: What Telegram said of the webhook is true for so long.
WEBHOOK_KEPT_S = 90


def backup() -> Reading | None:
    """None before the first one. A shop that makes none has none to miss."""
    if not settings.current().makes_backups:
        return Reading(False, True)
    at = backups.last_made_at()
    if at is None:
        return None
    age = utcnow() - at
    return Reading(age > BACKUP_AGE, age <= BACKUP_AGE, {"hours": int(age.total_seconds()) // 3600})


def drill() -> Reading | None:
    """None before the first one, and where the last one could not be tried."""
    last = backups.last_drill()
    if last is None or last["outcome"] == backups.IMPOSSIBLE:
        return None
    failed = last["outcome"] == backups.FAILED
    return Reading(failed, not failed, {"problems": len(last["problems"])})


def verification() -> Reading | None:
    """None before the first one."""
    last = verifications.last()
    if last is None:
        return None
    facts = {"count": last["breaches"], "found": last["lines"][:MOST_LINES], "at": last["at"]}
    return Reading(bool(last["breaches"]), not last["breaches"], facts)


def database() -> Reading | None:
    return _fullness("shop", settings.current().database_max_mb)


def audit_database() -> Reading | None:
    return _fullness("audit", settings.current().audit_database_max_mb)


def _fullness(which: str, limit_mb: int | None) -> Reading | None:
    """None while its size is not known. Whose plan nobody has named is never too full. Raises redis
    errors."""
    if limit_mb is None:
        return Reading(False, True)
    measured = gauges.read()
    size = measured.get("quickcart_database_size_bytes", which) if measured else None
    if size is None:
        return None
    full = size > limit_mb * MIB * FULL_PERCENT / 100
    return Reading(full, not full, {"percent": round(100 * size / (limit_mb * MIB)), "limit_mb": limit_mb})


def note_webhook(info: dict[str, Any]) -> None:
    """`info`: the answer of getWebhookInfo."""
    key = redis_client.key("webhook", "info")
    redis_client.shared().set(key, orjson.dumps(info), ex=WEBHOOK_KEPT_S)


def webhook() -> Reading | None:
    """None where Telegram has not said anything about it lately, as with long polling. Raises redis
    errors."""
    content: Any = redis_client.shared().get(redis_client.key("webhook", "info"))
    if content is None:
        return None
    info = orjson.loads(content)
    pending = int(info.get("pending_update_count", 0))
    wrong = webhooks.complaint(info, polled=False, since=0.0)
    bad = wrong is not None or pending > MOST_PENDING
    return Reading(bad, not bad, {"pending": pending, "wrong": wrong or "-"})

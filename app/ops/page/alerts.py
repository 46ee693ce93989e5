"""Every rule that watches over the shop: what it says now, its limit, since when; and how it is muted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import settings
from app.backoffice.alerts import audit, calls, heart, incidents, jobs, payments, rules, upkeep
from app.ops.page import views
from app.ops.page.http import Answer, Ask, see
from app.texts.html import Html, Text
from app.texts.ops import alerts as texts
from models import Alert, utcnow

NAME_LENGTH = 64
#: A rule that was not measured for so long says nothing of now.
FRESH = timedelta(minutes=2)

_API = {"percent": calls.API_PERCENT, "minutes": calls.WINDOW, "least": calls.LEAST_BAD}
LIMITS: dict[str, dict[str, Any]] = {
    "pakasir": _API,
    "telegram": _API,
    "messages": _API | {"percent": calls.DELIVERED_PERCENT},
    "payments": {"percent": payments.LIMIT_PERCENT, "in_a_row": payments.IN_A_ROW},
    "jobs_late": {"minutes": jobs.LATE // timedelta(minutes=1)},
    "audit_late": {"minutes": audit.LATE // timedelta(minutes=1)},
    "webhook": {"pending": upkeep.MOST_PENDING},
    "backup_old": {"hours": upkeep.BACKUP_AGE // timedelta(hours=1)},
    "redis_full": {"percent": heart.FULL_PERCENT},
    "database_full": {"percent": upkeep.FULL_PERCENT},
    "audit_full": {"percent": upkeep.FULL_PERCENT},
}


def show(ask: Ask) -> Answer:
    known = {row.name: row for row in Alert.select()}
    rows = [_row(name, known.get(name)) for name in rules.BY_NAME]
    rows.sort(key=lambda row: not row["is_open"])
    return views.page("alerts.html", t=texts, rows=rows, said=said(ask))


def mute(form: Mapping[str, str]) -> Answer:
    """An incident that goes on says nothing new for an hour."""
    back = "/ops/alerts" if form.get("from") == "alerts" else "/ops"
    row = incidents.get(form.get("name", "")[:NAME_LENGTH])
    if row is None or row.state == Alert.CLEAR:
        return see(f"{back}?said=closed")
    incidents.mute(row.name)
    return see(f"{back}?said=muted")


def said(ask: Ask) -> Text | None:
    """What came of the press that led here."""
    return {"muted": texts.MUTED, "closed": texts.NOT_OPEN}.get(ask.query.get("said", ""))


def _row(name: str, row: Alert | None) -> dict[str, Any]:
    """Of one that nobody has measured lately only the limit is known, and what it said before."""
    now = utcnow()
    fresh = row is not None and now - row.measured_at < FRESH
    facts = row.facts if row else {}
    return {
        "name": name,
        "title": texts.NAMES[name],
        "row": row,
        "is_open": row is not None and row.state != Alert.CLEAR,
        "state": texts.STATES[row.state] if row and (fresh or row.state != Alert.CLEAR) else texts.UNKNOWN,
        "fresh": fresh,
        "value": (_filled(texts.VALUES, name, facts) or texts.WORDS[row.reading]) if row else None,
        "sample": _filled(texts.SAMPLES, name, facts),
        "limit": texts.LIMITS[name](**_limit(name, facts)),
        "flips": len([at for at in row.flips if at > (now - incidents.FLAPPING).timestamp()]) if row else 0,
        "muted_until": row.muted_until if row and incidents.is_muted(row, now) else None,
    }


def _limit(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    if name == "workers":
        return {"seconds": settings.current().worker_silence_seconds}
    if name == "unpaid":
        return {"limit": facts.get("limit", payments.FEWEST_UNPAID)}
    return LIMITS.get(name, {})


def _filled(sentences: Mapping[str, Text], name: str, facts: Mapping[str, Any]) -> Html | None:
    """None where the rule has no such figures, as one that has nothing to measure."""
    try:
        return sentences[name](**facts)
    except KeyError:
        return None

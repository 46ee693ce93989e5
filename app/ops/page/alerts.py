"""Every rule that watches over the shop: what it says now, its limit, since when; and how it is muted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import settings
from app.backoffice.alerts import audit, calls, heart, incidents, jobs, payments, rules, upkeep
from app.ops.page import views
from app.ops.page.http import Answer, Ask, Pulse, see
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
    "payments": {
        "percent": payments.LIMIT_PERCENT,
        "least": payments.LEAST_BAD,
        "in_a_row": payments.IN_A_ROW,
    },
    "unmeasured": {"minutes": rules.UNMEASURED.fire_after // timedelta(minutes=1)},
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
    unmeasured = _unmeasured(known)
    rows = [_row(name, known.get(name), measurable=name not in unmeasured) for name in rules.BY_NAME]
    rows = [row | _HEARD if row["name"] in _heard(ask.pulse) and not row["is_open"] else row for row in rows]
    rows.sort(key=lambda row: not row["is_open"])
    return views.page("alerts.html", t=texts, rows=rows, said=said(ask))


def are_judged() -> bool:
    """Whether a worker has judged the rules a moment ago, or never yet."""
    row = incidents.get(rules.UNMEASURED.name)
    return row is None or utcnow() - row.measured_at < FRESH


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


def _row(name: str, row: Alert | None, *, measurable: bool) -> dict[str, Any]:
    """Of one that nobody has measured lately only the limit is known, and what it said before."""
    now = utcnow()
    fresh = row is not None and now - row.measured_at < FRESH
    facts = row.facts if row else {}
    return {
        "name": name,
        "title": texts.NAMES[name],
        "row": row,
        "is_open": row is not None and row.state != Alert.CLEAR,
        "state": _state(name, row, fresh=fresh, measurable=measurable),
        "fresh": fresh,
        "measurable": measurable,
        "value": _filled(texts.VALUES, name, facts),
        "sample": _filled(texts.SAMPLES, name, facts),
        "limit": texts.LIMITS[name](**_limit(name, facts)),
        "flips": len([at for at in row.flips if at > (now - incidents.FLAPPING).timestamp()]) if row else 0,
        "muted_until": row.muted_until if row and incidents.is_muted(row, now) else None,
    }


def _heard(pulse: Pulse | None) -> set[str]:
    """What the clock watches over, and writes down only when it is wrong."""
    if pulse is None:
        return set()
    workers = {rules.WORKERS.name} if any(each.kind == "worker" for each in pulse.processes) else set()
    return {rules.REDIS.name, *workers}


_HEARD = {"fresh": True, "state": texts.STATES[Alert.CLEAR]}


def _state(name: str, row: Alert | None, *, fresh: bool, measurable: bool) -> Text:
    """One that goes on is told of, even while nobody can measure it."""
    if row and row.state != Alert.CLEAR:
        return texts.STATES[row.state]
    if not measurable or not fresh or row is None:
        return texts.UNKNOWN if measurable else texts.UNMEASURED
    if row.facts.get("waiting"):
        return texts.WAITING
    return texts.IDLE if name in texts.VALUES and not row.facts else texts.STATES[row.state]


def _unmeasured(known: Mapping[str, Alert]) -> set[str]:
    """Rules whose measuring fails; all that a worker judges, while none of them was judged lately."""
    row = known.get(rules.UNMEASURED.name)
    if row is None:
        return set()
    if utcnow() - row.measured_at >= FRESH:
        return {name for name, rule in rules.BY_NAME.items() if not rule.by_clock}
    return set(row.facts.get("rules", []))


def _limit(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    if rules.BY_NAME[name].by_clock:
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

"""Jobs that failed for good, in groups: what they are about, what pressing means, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from app import money
from app.backoffice import failed_jobs
from app.backoffice.failed_jobs import Group
from app.infra import logs
from app.infra.queue import dead
from app.ops.page import views
from app.ops.page.http import Answer, Ask, see
from app.texts import causes, job_words
from app.texts.operators import jobs as job_texts
from app.texts.ops import failed as texts
from models import utcnow

ERROR_LENGTH, KIND_LENGTH = 200, 300
RETRY, DISCARD = "retry", "discard"
#: Of the bars, in units of the picture.
HEIGHT, LEAST_HEIGHT, BASE = 40, 5, 1
#: What the address says was done; more is no number of ours.
MOST_DONE = 999_999


def show(ask: Ask) -> Answer:
    now = utcnow()
    by_hour = failed_jobs.by_hour(now)
    groups = failed_jobs.groups()
    errors = failed_jobs.latest_errors(groups)
    rows = [_row(group, errors) | {"bars": _bars(by_hour.get(group.kind), now)} for group in groups]
    return views.page("failed.html", t=texts, groups=rows, done=_done(ask))


def confirm(ask: Ask) -> Answer:
    """What would become of the group as it was seen; the page that was seen may be old."""
    kind, until, wanted = _kind(ask.query), _moment(ask.query.get("until", "")), ask.query.get("do", "")
    group = next((each for each in failed_jobs.groups() if each.kind == kind), None)
    if group is None or until is None or wanted not in {RETRY, DISCARD}:
        return see("/ops/failed?said=gone")
    preview = failed_jobs.preview(kind, until)
    return views.page(
        "failed_ask.html",
        t=texts,
        **_row(group, failed_jobs.latest_errors([group])) | {"until": until.isoformat()},
        wanted=wanted,
        useful=len(preview.useful),
        pointless=len(preview.pointless),
        unreadable=len(preview.unreadable),
    )


def act(name: str, form: dict[str, str]) -> Answer | None:
    """Once, through whichever door: a second press finds nothing that waits."""
    kind, until, began = _kind(form), _moment(form.get("until", "")), utcnow()
    if name not in {RETRY, DISCARD} or not kind or until is None:
        return None
    count = failed_jobs.retry(kind, until) if name == RETRY else failed_jobs.discard(kind, until)
    facts = {"said": name, "count": count, "kind": kind, "since": began.isoformat()}
    return see(f"/ops/failed?{urlencode(facts)}")


def _row(group: Group, errors: dict[str, str]) -> dict[str, Any]:
    return {
        "group": group,
        "what": job_words.what(group.actor),
        "hint": job_texts.HINTS[group.hint],
        "cause": causes.told(errors.get(group.kind, ""), group.actor),
        "error": _error(errors.get(group.kind, "")),
        "until": group.last_at.isoformat(),
        "can_retry": group.actor != dead.UNREADABLE,
    }


def _bars(counts: list[int] | None, now: datetime) -> dict[str, Any]:
    """A bar an hour, the tallest of all the height; each that stands for something can be seen."""
    counted = counts or [0] * failed_jobs.HOURS
    most = max(counted)
    hours = [
        {
            "count": count,
            "height": max(LEAST_HEIGHT, HEIGHT * count // most) if count else BASE,
            "at": now - (failed_jobs.HOURS - 1 - place) * failed_jobs.HOUR,
        }
        for place, count in enumerate(counted)
    ]
    return {"hours": hours, "most": most}


def _error(text: str) -> str:
    lines = logs.redact(text).splitlines()
    return lines[0][:ERROR_LENGTH] if lines else ""


def _done(ask: Ask) -> dict[str, Any] | None:
    """What was pressed, and how far what runs again has come."""
    said = ask.query.get("said")
    if said not in {RETRY, DISCARD, "gone"}:
        return None
    since, outcome = _moment(ask.query.get("since", "")), None
    if said == RETRY and since:
        outcome = failed_jobs.outcome(_kind(ask.query), since)
    return {
        "said": said,
        "count": money.whole(ask.query.get("count", ""), MOST_DONE) or 0,
        "outcome": outcome,
    }


def _kind(said: Any) -> str:
    return str(said.get("kind", ""))[:KIND_LENGTH]


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""What waits to be done: due, late and tried again, by what it does; and a button that does it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from app import money
from app.backoffice import waiting_jobs
from app.backoffice.waiting_jobs import Kind
from app.infra.queue import dead, lanes
from app.ops.page import views
from app.ops.page.http import Answer, Ask, Pulse, see
from app.sales import orders
from app.texts.html import Html, Text
from app.texts.ops import jobs as texts
from models import Outbox, utcnow

SHOWN, ACTOR_LENGTH = 25, 64
#: Between the id of a job and when it was seen to be due, and between two of them.
AT, NEXT = "@", ","
AWAY = "away"


def show(ask: Ask) -> Answer:
    kinds = waiting_jobs.kinds()
    actor = ask.query.get("actor", "")[:ACTOR_LENGTH]
    chosen = next((kind for kind in kinds if kind.actor == actor), None)
    rows = waiting_jobs.of(chosen.actor, SHOWN) if chosen else []
    return views.page(
        "jobs.html",
        t=texts,
        kinds=[_kind(kind) for kind in kinds],
        chosen=_kind(chosen) if chosen else None,
        rows=list(_rows(rows)),
        all_seen=NEXT.join(_seen(row) for row in rows if row.due_at > utcnow()),
        lanes=_lanes(ask.pulse),
        said=_said(ask),
    )


def run(form: Mapping[str, str]) -> Answer | None:
    """Those of the page as it was drawn. None for what no page of ours says."""
    actor, seen = form.get("actor", "")[:ACTOR_LENGTH], _parsed(form.get("seen", ""))
    if not actor or not seen:
        return None
    try:
        ran = str(waiting_jobs.run_now(actor, seen))
    except waiting_jobs.QueueAway:
        ran = AWAY
    return see(f"/ops/jobs?{urlencode({'actor': actor, 'ran': ran})}")


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": _name(kind.actor),
        "total": kind.due + kind.later,
        "is_due": kind.next_at <= utcnow(),
    }


def _name(actor: str) -> Text | str:
    return texts.NAMES.get(actor, actor)


def _rows(rows: list[Outbox]) -> Iterator[dict[str, Any]]:
    """Without what they are called with; only which order one is about."""
    invoices = orders.invoices([subject for row in rows if (subject := _order_id(row))])
    for row in rows:
        invoice = invoices.get(_order_id(row) or 0)
        yield {"row": row, "is_due": row.due_at <= utcnow(), "invoice": invoice, "seen": _seen(row)}


def _order_id(row: Outbox) -> int | None:
    first = row.args[0] if row.actor in dead.ONLY_SUBJECT and row.args else None
    return first if isinstance(first, int) else None


def _seen(row: Outbox) -> str:
    return f"{row.id}{AT}{row.due_at.isoformat()}"


def _parsed(text: str) -> dict[UUID, datetime]:
    """What `_seen` wrote; nothing where any of it is not so."""
    try:
        pairs = [each.split(AT) for each in text.split(NEXT)[:SHOWN]]
        found = {UUID(row_id): datetime.fromisoformat(due_at) for row_id, due_at in pairs}
    except ValueError:
        return {}
    return found if all(due_at.tzinfo for due_at in found.values()) else {}


def _lanes(pulse: Pulse | None) -> list[dict[str, Any]] | None:
    """None while Redis is away, or nobody has measured."""
    if pulse is None or pulse.measured is None or pulse.measured.age_s is None:
        return None
    get = pulse.measured.get
    return [
        {
            "name": texts.LANE_NAMES[queue],
            "ready": int(get("quickcart_queue_jobs", queue) or 0),
            "delayed": int(get("quickcart_queue_delayed_jobs", queue) or 0),
            "oldest_s": int(get("quickcart_queue_oldest_seconds", queue) or 0),
        }
        for queue in lanes.QUEUES
    ]


def _said(ask: Ask) -> Html | None:
    if ask.query.get("ran") == AWAY:
        return texts.QUEUE_AWAY()
    count = money.whole(ask.query.get("ran", ""), SHOWN)
    if count is None:
        return None
    return texts.RAN(count=count) if count else texts.NONE_RAN()

"""Is all well, and if not, what to look at: one screen of the numbers that alerts and metrics read too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app.backoffice import checkups
from app.backoffice.alerts import digest, incidents
from app.infra.queue import dead
from app.ops.page import alerts, upkeep, views
from app.ops.page import orders as listing
from app.ops.page.http import Answer, Ask, Pulse
from app.texts import incidents as incident_words
from app.texts import notices as notice_texts
from app.texts.ops import now as texts
from app.texts.ops import upkeep as upkeep_texts
from models import Alert, DeadLetter, Order, Payment, db, utcnow

_SPEEDS = """
SELECT percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (
    ORDER BY extract(epoch FROM delivered_at - paid_at)::float8
)
FROM "order"
WHERE paid_at >= %s AND delivered_at IS NOT NULL
"""
DAY = timedelta(days=1)
#: Goods that are paid and not there after so long are worth a look.
PATIENCE = timedelta(minutes=2)
MOST_STUCK, MOST_KINDS = 10, 8
#: What the shop leans on, as people call it.
SERVICES = {"telegram": "Telegram", "pakasir": "Pakasir", "database": "Database"}
#: Where people decide what waits for them; claims are answered in the chat.
DECIDED_AT = {"contradictions": "/ops/orders?list=contradicting", "strays": "/ops/money#strays"}
#: Processes without which the shop stands still.
NEEDED = ("web", "worker", "clock")


def show(ask: Ask) -> Answer:
    stuck = _stuck()
    open_ = [_alert(row) for row in incidents.open_now()]
    kinds, undecided = _kinds(), digest.undecided()
    processes = _processes(ask.pulse)
    missing = [each["name"] for each in processes or () if not each["count"]]
    return views.page(
        "now.html",
        t=texts,
        well=not (open_ or stuck or kinds or undecided or missing),
        alerts=open_,
        sales=_sales(),
        stuck=listing.told(stuck),
        kinds=kinds,
        undecided=undecided,
        decided_at=DECIDED_AT,
        queue=_queue(ask.pulse),
        health=_health(ask.pulse),
        check=next(card for card in upkeep.cards() if card["what"] == checkups.VERIFY),
        upkeep=upkeep_texts,
        said=alerts.said(ask) or upkeep.said(ask),
        processes=processes,
        missing=missing,
        judged=alerts.are_judged(),
    )


def _alert(row: Alert) -> dict[str, Any]:
    is_muted = incidents.is_muted(row, utcnow())
    return {"text": incident_words.text(row), "name": row.name, "muted": is_muted}


def _sales() -> dict[str, Any]:
    """Of the last day; every count reads its period from an index."""
    since = utcnow() - DAY
    opened = Payment.select(fn.COUNT(Payment.id)).where(Payment.opened_at >= since)
    decided = opened.where(Payment.state != Payment.OPEN).scalar()
    paid = opened.where(Payment.state == Payment.COMPLETED).scalar()
    bought = Order.select(fn.COUNT(Order.id)).where(Order.paid_at >= since)
    return {
        "qr": opened.scalar(),
        "paid": paid,
        "percent": round(100 * paid / decided) if decided else None,
        "bought": bought.scalar(),
        "delivered": bought.where(Order.state == Order.DELIVERED).scalar(),
        "speeds": _speeds(since),
    }


def _speeds(since: datetime) -> list[float] | None:
    """Seconds from payment to goods: half of the orders were that fast, 95 and 99 of a hundred."""
    found: list[float] | None = db.execute_sql(_SPEEDS, [since]).fetchone()[0]
    return found


def _stuck() -> list[Order]:
    waiting = listing.LISTS["stuck"]().where(Order.paid_at < utcnow() - PATIENCE)
    return list(waiting.order_by(Order.id).limit(MOST_STUCK))


def _kinds() -> list[dict[str, Any]]:
    """What failed for good and waits, by the job that failed."""
    rows = (
        dead.waiting()
        .select(DeadLetter.actor, fn.COUNT(DeadLetter.id), fn.MAX(DeadLetter.died_at))
        .group_by(DeadLetter.actor)
        .order_by(fn.COUNT(DeadLetter.id).desc())
        .limit(MOST_KINDS)
        .tuples()
    )
    return [
        {"what": notice_texts.FAILED.get(actor) or actor, "count": count, "last": last}
        for actor, count, last in rows
    ]


def _queue(pulse: Pulse | None) -> dict[str, Any] | None:
    """None while Redis is away, or nobody has measured."""
    if pulse is None or pulse.measured is None or pulse.measured.age_s is None:
        return None
    known = pulse.measured.values
    return {
        "waiting": int(sum(value for name, _, value in known if name == "quickcart_queue_jobs")),
        "late_s": int(
            max((value for name, _, value in known if name == "quickcart_queue_oldest_seconds"), default=0)
        ),
        "promised": int(pulse.measured.get("quickcart_outbox_due_jobs") or 0),
    }


def _health(pulse: Pulse | None) -> dict[str, Any]:
    """What was looked at last; None for what nobody knows."""
    measured = pulse.measured if pulse else None
    get = measured.get if measured else _unknown
    backup_s, drilled = get("quickcart_backup_age_seconds"), get("quickcart_backup_drill_ok")
    return {
        "services": {title: get("quickcart_service_up", name) for name, title in SERVICES.items()},
        "backlog": get("quickcart_audit_backlog_events"),
        "backup_h": None if backup_s is None else int(backup_s // 3600),
        "drilled": drilled,
    }


def _unknown(_name: str, *_labels: str) -> None:
    return None


def _processes(pulse: Pulse | None) -> list[dict[str, Any]] | None:
    """Those that must live, even if none of a kind does; None while Redis is away."""
    if pulse is None:
        return None
    kinds = [each.kind for each in pulse.processes]
    names = [*NEEDED, *sorted(set(kinds) - set(NEEDED))]
    return [
        {
            "name": name,
            "count": kinds.count(name),
            "busy": sum(each.busy for each in pulse.processes if each.kind == name),
            "threads": sum(each.threads for each in pulse.processes if each.kind == name),
        }
        for name in names
    ]

"""How far the audit database is behind."""

from __future__ import annotations

from datetime import timedelta

from app.backoffice.alerts.reading import Reading
from models import AuditEvent, utcnow

LATE, CAUGHT_UP = timedelta(minutes=5), timedelta(seconds=30)


def backlog() -> Reading:
    waiting = AuditEvent.select().where(AuditEvent.shipped_at.is_null())
    oldest = waiting.order_by(AuditEvent.id).first()
    late = utcnow() - oldest.at if oldest else timedelta(0)
    facts = {"count": waiting.count(), "minutes": int(late.total_seconds()) // 60}
    return Reading(late > LATE, late < CAUGHT_UP, facts)

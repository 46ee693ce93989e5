"""Audit events: who did what to which, written with the change."""

import structlog

from app import audit
from app.infra.transactions import atomic
from models import AuditEvent


def test_an_event_says_who_did_what_to_which():
    with audit.acting_as(2), atomic():
        audit.record("product.added", "product:7", price=500)

    event = AuditEvent.get()
    assert (event.actor, event.action, event.entity) == ("2", "product.added", "product:7")
    assert event.data == {"price": 500}


def test_without_anybody_it_was_the_system():
    with audit.acting_as(2):
        pass
    with atomic():
        audit.record("order.expired", "order:1")

    assert AuditEvent.get().actor == audit.SYSTEM


def test_events_keep_their_order_and_their_correlation_id():
    with structlog.contextvars.bound_contextvars(correlation_id="c-1"), atomic():
        for number in range(3):
            audit.record("balance.changed", f"user:{number}")

    events = AuditEvent.select().order_by(AuditEvent.id)
    assert [event.entity for event in events] == ["user:0", "user:1", "user:2"]
    assert {event.correlation_id for event in events} == {"c-1"}

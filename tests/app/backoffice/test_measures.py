"""One look at what waits in a shop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app import audit
from app.backoffice import measures
from app.infra import transactions
from app.infra.metrics import gauges
from app.infra.queue import dead, outbox
from app.sales import warranty
from models import AuditEvent, utcnow
from tests.support import claimed


@pytest.fixture
def measured(valkey, database):
    """Call it for a gauge as it is so many seconds from now."""

    def measured(name, *labels, in_s=0.0):
        with freeze_time(utcnow() + timedelta(seconds=in_s)):
            measures.take()
        return gauges.read().get(name, *labels)

    return measured


def test_promises_have_an_age_once_they_are_due(measured):
    with transactions.atomic():
        outbox.add("prune", delay_ms=60_000)
        outbox.add("measure")

    assert measured("quickcart_outbox_jobs") == 2
    assert measured("quickcart_outbox_due_jobs") == 1
    assert measured("quickcart_outbox_oldest_seconds", in_s=90) == pytest.approx(90, abs=2)
    assert measured("quickcart_outbox_due_jobs", in_s=90) == 2


def test_a_job_that_was_delayed_is_as_old_as_it_is_due(measured, valkey):
    with transactions.atomic():
        outbox.add("measure", delay_ms=600_000)
        outbox.add("measure")

    assert measured("quickcart_queue_jobs", "money") == 1
    assert measured("quickcart_queue_delayed_jobs", "money") == 1
    assert measured("quickcart_queue_oldest_seconds", "money") < 300


def test_dead_letters_wait_until_somebody_deals_with_them(measured):
    with transactions.atomic():
        dead.record("one", "note", "default", [], "broken")
        dead.record("two", "note", "default", [], "broken")
    dead.discard("two")

    assert measured("quickcart_dead_letters") == 1


def test_an_audit_event_waits_until_it_is_shipped(measured):
    with transactions.atomic():
        audit.record("shop.opened", "shop")

    assert measured("quickcart_audit_backlog_events") == 1
    assert measured("quickcart_audit_backlog_oldest_seconds", in_s=400) == pytest.approx(400, abs=2)
    AuditEvent.update(shipped_at=utcnow()).execute()
    assert measured("quickcart_audit_backlog_events") == 0
    assert measured("quickcart_audit_backlog_oldest_seconds") == 0


def test_what_is_on_the_shelf_is_counted_by_product(measured, shop):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1", "KEY-2"])
    shop.sells("Spotify 1M", price=15_000, stock=[])

    assert measured("quickcart_stock_items") == 2
    assert measured("quickcart_products", "in_stock") == 1
    assert measured("quickcart_products", "sold_out") == 1


def test_a_shop_that_makes_no_backups_has_no_age_of_one(measured):
    assert measured("quickcart_backup_age_seconds") is None


def test_a_claim_is_counted_until_it_is_answered(measured):
    claim = claimed.opened()

    assert measured("quickcart_warranty_claims") == 1
    assert measured("quickcart_oldest_warranty_claim_seconds", in_s=60) == pytest.approx(60, abs=2)
    warranty.refund(claim.id)
    assert measured("quickcart_warranty_claims") == 0

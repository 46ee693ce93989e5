"""Each check of invariant 4 finds its breach."""

from __future__ import annotations

from datetime import timedelta

import models
import settings
from app.infra.queue import dead
from tests.support import broken, given


def test_a_job_that_is_late_by_minutes():
    given.order()
    late = models.utcnow().replace(microsecond=0) - timedelta(minutes=2)
    broken.by_hand("UPDATE outbox SET due_at = %s WHERE actor = 'send_qr'", late)
    row = models.Outbox.get(models.Outbox.actor == "send_qr")

    found = broken.breaches()
    assert (
        f"invariant 4: job {row.id}: send_qr was due at {late:%Y-%m-%d %H:%M:%S} UTC"
        " and is neither done nor dead"
    ) in found


def test_an_order_that_outlives_its_deadline():
    order = given.order()
    past = models.utcnow().replace(microsecond=0) - timedelta(minutes=3)
    broken.by_hand('UPDATE "order" SET expires_at = %s', past)

    found = broken.breaches()
    assert (
        f"invariant 4: {order.invoice}: still unpaid and open, its deadline was {past:%Y-%m-%d %H:%M:%S} UTC"
    ) in found


def test_an_order_that_the_gateway_has_not_answered_about_yet_is_none():
    order = given.order()
    broken.by_hand("UPDATE \"order\" SET expires_at = expires_at - interval '1 hour'")
    broken.by_hand("UPDATE payment SET unanswered_since = %s", models.utcnow())

    assert "still unpaid and open" not in str(broken.breaches())
    assert order.state == models.Order.PENDING


def test_an_order_whose_qr_nobody_asks_for():
    order = given.unopened()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'open_payment'")

    found = broken.breaches()
    assert (f"invariant 4: {order.invoice}: waits for a QR that nobody is going to ask for") in found


def test_a_dead_job_that_no_key_can_read():
    with settings.override(stock_encryption_key="YW5vdGhlciBrZXkgdGhhdCBpcyBsb3N0IGJ5IG5vdyE="):
        dead.record("a-job", "send_notice", "default", [1], "Telegram is on fire")

    assert "invariant 4: dead job a-job: none of the keys can read its arguments" in broken.breaches()

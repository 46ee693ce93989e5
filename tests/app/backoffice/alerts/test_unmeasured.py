"""A rule that cannot be measured: nobody would hear what it is there for, so that is told."""

from __future__ import annotations

import pytest
import redis
from freezegun import freeze_time

import settings
from app.backoffice.alerts import incidents, rules
from app.texts import incidents as words
from models import Alert, db
from tests.support import given

AWAY = "redis://127.0.0.1:9/0"


@pytest.fixture
def clock(database, valkey):
    with freeze_time("2026-11-23 03:00") as frozen:
        yield frozen


@pytest.fixture
def without_payments(database):
    """The queries of two rules fail, as on a database that is too busy for them."""
    db.execute_sql("ALTER TABLE payment RENAME TO payment_gone")
    yield
    db.execute_sql("ALTER TABLE payment_gone RENAME TO payment")


def judged(clock, seconds):
    rules.evaluate()
    clock.tick(seconds)
    rules.evaluate()
    return incidents.get("unmeasured")


def test_what_cannot_be_measured_for_two_minutes_is_an_incident(clock, without_payments):
    row = judged(clock, 120)

    assert (row.state, row.facts["rules"]) == (Alert.FIRING, ["payments", "unpaid"])
    assert [name for _, name in given.promised("tell_alert")] == ["unmeasured"]
    assert "Pembayaran berhasil, QRIS yang tidak dibayar" in words.text(row)


def test_a_query_that_fails_for_a_moment_is_none(clock, without_payments):
    assert judged(clock, 119).state == Alert.CLEAR


def test_the_other_rules_are_judged_meanwhile(clock, without_payments):
    judged(clock, 15)

    assert incidents.get("payments") is None
    assert incidents.get("jobs_late").reading == Alert.GOOD


def test_it_is_over_when_all_can_be_measured_for_a_minute(clock, without_payments):
    judged(clock, 120)
    db.execute_sql("ALTER TABLE payment_gone RENAME TO payment")
    try:
        assert judged(clock, 60).state == Alert.CLEAR
    finally:
        db.execute_sql("ALTER TABLE payment RENAME TO payment_gone")


def test_one_more_that_cannot_be_measured_is_news(clock, without_payments):
    judged(clock, 120)
    given.Outbox.delete().execute()
    with settings.override(redis_url=AWAY), pytest.raises(redis.RedisError):
        rules.evaluate()

    assert "redis_full" in incidents.get("unmeasured").facts["rules"]
    assert [name for _, name in given.promised("tell_alert")] == ["unmeasured"]


def test_rules_that_ask_redis_cannot_be_measured_without_it(clock):
    with settings.override(redis_url=AWAY, database_max_mb=1), pytest.raises(redis.RedisError):
        rules.evaluate()

    unknown = incidents.get("unmeasured").facts["rules"]
    assert unknown == ["pakasir", "telegram", "messages", "webhook", "redis_full", "database_full"]

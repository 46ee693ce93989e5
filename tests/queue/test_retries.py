"""Which failures run again, and when."""

from __future__ import annotations

import peewee
import psycopg
import pytest

import models
from app import errors
from app.infra.queue import retries


def test_the_backoff_doubles_up_to_ten_minutes():
    delays = [retries.decide(ValueError(), n, {"max_retries": 99}).delay_ms for n in range(12)]

    assert 2_000 <= delays[0] <= 4_000
    assert 4_000 <= delays[1] <= 8_000
    assert 300_000 <= delays[11] <= 600_000


def test_nine_failures_are_the_end():
    assert retries.decide(ValueError(), 7, {}).counted
    assert retries.decide(ValueError(), 8, {}) is None


@pytest.mark.parametrize("error", [errors.Refused(400, "no"), errors.Blocked(), retries.KilledTheWorker()])
def test_what_cannot_change_is_final(error):
    assert retries.decide(error, 0, {}) is None


def test_a_flood_waits_as_long_as_it_is_told():
    assert retries.decide(errors.Flood(2.5), 99, {}) == retries.Again(2501, counted=False)


def test_goods_that_may_have_arrived_wait_as_long_as_they_are_told():
    assert retries.decide(errors.Doubtful("no answer", 7.5), 99, {}) == retries.Again(7500, counted=True)


def test_an_unreachable_service_is_tried_again():
    for unsure in (0, retries.SOON_UNSURE, retries.MOST_UNSURE):
        again = retries.decide(errors.Unreachable("no answer"), 0, {"throws": KeyError}, unsure)

        assert again.counted
        assert again.delay_ms <= 2 * retries.MIN_BACKOFF_MS


def test_a_lost_database_says_nothing_about_the_job():
    lost = peewee.OperationalError("server closed the connection")

    assert retries.decide(lost, 99, {}) == retries.Again(retries.OUTAGE_DELAY_MS, counted=False)


@pytest.mark.parametrize("why", ["AdminShutdown", "ConnectionFailure", "TooManyConnections"])
def test_a_server_that_ends_or_is_full_says_nothing_either(why):
    away = peewee.OperationalError("away")
    away.__context__ = getattr(psycopg.errors, why)()

    assert retries.decide(away, 99, {}) == retries.Again(retries.OUTAGE_DELAY_MS, counted=False)


def test_a_statement_that_takes_too_long_does(database):
    with pytest.raises(peewee.OperationalError) as slow, models.db.atomic():  # noqa: PT012
        models.db.execute_sql("SET LOCAL statement_timeout = 1")
        models.db.execute_sql("SELECT pg_sleep(1)")

    assert retries.decide(slow.value, 0, {}).counted


def test_a_message_that_may_have_arrived_is_sent_again_further_and_further_apart():
    patient = {"max_retries": 1000, "max_backoff": 15_000}

    def again(unsure):
        return retries.decide(errors.MaybeSent("no answer"), unsure, patient, unsure)

    assert all(again(unsure).delay_ms <= 15_000 for unsure in range(8))
    assert [again(unsure).delay_ms for unsure in (8, 9, 13, 14, 35)] == [
        15_000, 30_000, 480_000, 600_000, 600_000,
    ]  # fmt: skip
    assert again(36) is None

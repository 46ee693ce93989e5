"""GET /metrics: who may read it, what it says while Redis is away, and that Prometheus can read all of it."""

from __future__ import annotations

import json
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

import models
import settings
from app.backoffice import backups, measures, verifications
from app.infra import redis_client
from app.infra.metrics import counters, exposition, gauges, reporter
from tests.support.receivers import UPDATE, served

TOKEN = "a-token-for-prometheus"
SUFFIXES = ("_seconds", "_bytes", "_total")
#: Things that are counted one by one have no unit.
COUNTED = {
    "quickcart_queue_jobs",
    "quickcart_queue_delayed_jobs",
    "quickcart_outbox_jobs",
    "quickcart_outbox_due_jobs",
    "quickcart_dead_letters",
    "quickcart_audit_backlog_events",
    "quickcart_backup_drill_ok",
    "quickcart_verify_breaches",
    "quickcart_service_up",
    "quickcart_webhook_pending_updates",
    "quickcart_orders",
    "quickcart_warranty_claims",
    "quickcart_stock_items",
    "quickcart_products",
    "quickcart_processes",
    "quickcart_worker_threads",
}


@pytest.fixture
def web_server(valkey):
    """One of its own for each test: for a moment it gives everybody the same text."""
    with served() as client:
        yield client


@pytest.fixture
def measured(shop, valkey):
    """A shop with something of everything, just measured."""
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1", "KEY-2"])
    for metric in (counters.API_CALLS, counters.REQUESTS, counters.JOBS, counters.GOODS):
        family = counters.FAMILIES[metric._name]
        metric.labels(*(f"{label}-1" for label in family.labels)).observe(0.3)
    counters.RESTORED.inc()
    backups.note_made({"at": models.utcnow().isoformat(), "name": "night", "bytes": 1, "parts": 1})
    backups.note_drilled({"at": models.utcnow().isoformat(), "outcome": backups.OK, "problems": []})
    verifications.note(models.utcnow(), [])
    measures.take()
    names = [(name, tuple(f"{label}-1" for label in family.labels)) for name, family in gauges.LOOKS.items()]
    valkey.set(reporter.key("looks"), json.dumps([(*name, 1.0) for name in names]))
    reporter.Thread(reporter.Reporter("worker", lambda: (3, 12)), redis_client.shared()).report()


def read(web, **headers):
    answer = web.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def test_every_name_that_there_is_can_be_read(web_server, measured):
    assert set(read(web_server)) == exposition.NAMES


def test_names_are_few_and_end_with_their_unit(web_server, measured):
    found = read(web_server).values()

    assert len(found) <= 40
    for family in found:
        name = family.name + ("_total" if family.type == "counter" else "")
        assert re.fullmatch("quickcart_[a-z_]+", name)
        assert family.documentation
        assert name.endswith(SUFFIXES) or name in COUNTED


def test_buckets_grow_and_end_with_the_count(web_server, measured):
    family = read(web_server)["quickcart_payment_to_goods_seconds"]
    buckets = [one.value for one in family.samples if one.name.endswith("_bucket")]
    (count,) = [one.value for one in family.samples if one.name.endswith("_count")]

    assert buckets == sorted(buckets)
    assert buckets[-1] == count >= 1


def test_a_request_is_counted_by_its_answer(valkey):
    with served() as web:
        web.post("/webhooks/telegram", json=UPDATE)
    # the process has ended, and reported before
    with served() as web:
        family = read(web)["quickcart_request_seconds"]

    counted = {(one.labels["receiver"], one.labels["status"]) for one in family.samples}
    assert ("telegram", "401") in counted


def test_numbers_of_another_release_do_no_harm(web_server, measured, valkey):
    valkey.hset(reporter.key("totals"), '["quickcart_job_seconds_bucket","only-one-label","0.1"]', 5)
    valkey.hset(reporter.key("totals"), '["quickcart_gone_total"]', 5)

    assert set(read(web_server)) == exposition.NAMES


def test_without_a_token_anybody_may_read(web_server, valkey):
    assert web_server.get("/metrics").status_code == 200


@pytest.mark.parametrize("given", [None, "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer ü"])
def test_with_a_token_nobody_else_may(web_server, valkey, given):
    with settings.override(metrics_token=TOKEN):
        answer = web_server.get("/metrics", headers={"Authorization": given.encode()} if given else {})

    assert answer.status_code == 401
    assert "quickcart_" not in answer.text


def test_with_the_token_prometheus_may(web_server, valkey):
    with settings.override(metrics_token=TOKEN):
        read(web_server, Authorization=f"Bearer {TOKEN}")


def test_while_redis_is_away_a_scrape_is_told_so_in_time(closed_port):
    with settings.override(redis_url=f"redis://127.0.0.1:{closed_port}/0"), served() as web:
        answer = web.get("/metrics", timeout=5)

    assert answer.status_code == 503
    assert "Redis cannot be reached" in answer.text


def test_while_postgresql_is_away_a_scrape_reads_on(measured, closed_port):
    with settings.override(database_url=f"postgresql://nobody@127.0.0.1:{closed_port}/x"), served() as web:
        assert set(read(web)) == exposition.NAMES


@pytest.mark.slow
def test_while_redis_is_silent_a_scrape_is_told_so_in_time(silent_port):
    with settings.override(redis_url=f"redis://127.0.0.1:{silent_port}/0"), served() as web:
        answer = web.get("/metrics", timeout=5)

    assert answer.status_code == 503


def test_gauges_that_nobody_measured_are_absent_rather_than_old(web_server, valkey):
    found = read(web_server)

    assert not {"quickcart_queue_jobs", "quickcart_measured_age_seconds"} & set(found)
    assert found["quickcart_processes"].samples


def test_a_worker_that_lives_nowhere_is_a_zero(web_server, valkey):
    alive = {one.labels["process"]: one.value for one in read(web_server)["quickcart_processes"].samples}

    assert alive["worker"] == 0

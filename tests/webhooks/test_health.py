"""A shop whose parts are well and which still hears nobody: health says so, and the log why."""

from __future__ import annotations

import time

import httpx
import pytest
from structlog.testing import capture_logs

import settings
from app.infra import redis_client, stored
from app.infra.health import bots, webhooks
from app.infra.metrics import gauges
from tests.support.receivers import looked_around
from tests.support.valkeys import Valkey

HERE = "https://shop.example"


def webhook_info(messenger) -> dict:
    token = settings.current().telegram_bot_token.get_secret_value()
    return httpx.get(f"{messenger.url}/bot{token}/getWebhookInfo").json()["result"]


def complaint(messenger, *, polled=False, since=0.0) -> str | None:
    return webhooks.complaint(webhook_info(messenger), polled=polled, since=since)


def set_webhook(messenger, url, secret="telegram-webhook-secret", **more) -> None:
    token = settings.current().telegram_bot_token.get_secret_value()
    body = {"url": url, "secret_token": secret} | more
    httpx.post(f"{messenger.url}/bot{token}/setWebhook", json=body).raise_for_status()


def sick(web) -> list[str]:
    services = web.get("/health").json()["services"]
    return [name for name, state in services.items() if state != "ok"]


def said(lines) -> str:
    """The one thing that was not well."""
    (line,) = [line for line in lines if line["event"] == "service health changed"]
    return line["error"]


def calls(lines) -> set[tuple[str, str, str]]:
    return {
        (line["event"], line["call"], line["outcome"]) for line in lines if line["event"].endswith("call")
    }


def test_where_no_webhook_is_set_telegram_is_not_well(everything, valkey):
    valkey.delete(redis_client.key("heartbeat", "poller"))

    with settings.override(public_url=HERE), capture_logs() as lines, looked_around() as web:
        assert sick(web) == ["telegram"]

    assert "webhook set" in said(lines)


def test_without_webhook_and_poller_nobody_listens(everything):
    assert "start the poller" in complaint(everything)
    assert complaint(everything, polled=True) is None


def test_a_webhook_that_leads_elsewhere_is_named(everything):
    set_webhook(everything, "https://another.example/webhooks/telegram")

    with settings.override(public_url=HERE):
        assert "another address" in complaint(everything)


def test_a_webhook_that_leads_here_is_fine(everything):
    set_webhook(everything, HERE + webhooks.PATH)

    with settings.override(public_url=HERE):
        assert complaint(everything) is None


def test_a_webhook_that_leaves_buttons_out_is_named(everything):
    set_webhook(everything, HERE + webhooks.PATH, allowed_updates=["message", "my_chat_member"])

    with settings.override(public_url=HERE):
        assert "no updates of the kind callback_query" in complaint(everything)


def test_a_webhook_of_a_shop_that_has_no_address_is_named(everything):
    set_webhook(everything, HERE + webhooks.PATH)

    assert "set PUBLIC_URL" in complaint(everything)


@pytest.fixture
def unheard(everything):
    """Alice has written, and Telegram got no further than our address."""
    with looked_around() as web, settings.override(public_url=str(web.base_url)):
        set_webhook(everything, f"{web.base_url}{webhooks.PATH}", secret="an-old-webhook-secret")
        everything.person(1, "Alice").send_text("Halo")
        everything.wait(lambda: everything.updates.webhook.last_error)
        yield everything


def test_an_old_secret_at_telegram_is_named(unheard):
    assert "another secret than TELEGRAM_WEBHOOK_SECRET" in complaint(unheard)


def test_an_error_from_before_this_process_says_nothing(unheard):
    assert complaint(unheard, since=time.time() + 5) is None


def test_an_error_of_the_moment_before_this_process_listens_says_nothing(unheard):
    error_at = webhook_info(unheard)["last_error_date"]

    assert complaint(unheard, since=error_at + 0.5) is None


def test_a_deployment_without_the_gateways_secret_is_told(everything):
    with (
        settings.override(public_url=HERE, pakasir_webhook_secret=None),
        capture_logs() as lines,
        looked_around() as web,
    ):
        assert "pakasir" in sick(web)

    assert "PAKASIR_WEBHOOK_SECRET is not set" in said(lines)


def test_a_database_without_its_migrations_is_told(everything, servers):
    with (
        settings.override(database_url=servers.postgres.ensure("never_migrated")),
        capture_logs() as lines,
        looked_around() as web,
    ):
        assert sick(web) == ["database"]

    assert "app.ops migrate" in said(lines)


def test_each_look_at_another_system_is_a_call(everything):
    with capture_logs() as lines, looked_around() as web:
        web.get("/health")

    looks = {("telegram call", "getWebhookInfo", "ok"), ("gateway call", "fee", "ok")}
    assert calls(lines) == looks
    assert {line["log_level"] for line in lines if line["event"].endswith("call")} == {"debug"}


def test_a_look_that_fails_is_written_without_the_token(everything, closed_port):
    with (
        settings.override(telegram_api_url=f"http://127.0.0.1:{closed_port}"),
        capture_logs() as lines,
        looked_around() as web,
    ):
        assert sick(web) == ["telegram"]

    assert ("telegram call", "getWebhookInfo", "unreachable") in calls(lines)
    assert settings.current().telegram_bot_token.get_secret_value() not in str(lines)
    assert str(closed_port) not in str(lines)


def test_what_health_sees_is_in_the_metrics(everything, valkey):
    valkey.delete(redis_client.key("heartbeat", "clock"))

    with looked_around() as web:
        late_s = time.monotonic() + 60
        while gauges.read() is None and time.monotonic() < late_s:
            web.get("/health")

    measured = gauges.read()
    assert measured.get("quickcart_service_up", "telegram") == 1
    assert measured.get("quickcart_service_up", "clock") == 0
    assert measured.get("quickcart_webhook_pending_updates") == 0
    assert measured.get("quickcart_database_size_bytes", "audit") > 0


def test_a_redis_that_fills_up_is_told_before_it_is_full(everything, valkey):
    used = valkey.info("memory")["used_memory"]
    valkey.config_set("maxmemory", int(used / 0.85))
    try:
        with capture_logs() as lines, looked_around() as web:
            answer = web.get("/health")
    finally:
        valkey.config_set("maxmemory", 0)

    assert answer.status_code == 200
    assert "redis is 8" in answer.json()["warnings"][0]
    assert [line["service"] for line in lines if line["event"] == "service health needs a look"] == ["redis"]


def test_a_database_of_another_bot_is_named(everything, database):
    stored.put(bots.KEY, "999")

    with capture_logs() as lines, looked_around() as web:
        (warning,) = web.get("/health").json()["warnings"]

    assert warning == bots.complaint("999")
    assert [line["why"] for line in lines if line.get("service") == "database"] == [warning]


def test_a_redis_that_takes_no_more_connections_is_named(everything, full_valkey):
    with settings.override(redis_url=full_valkey), capture_logs() as lines, looked_around() as web:
        assert "redis" in sick(web)

    errors = {line["service"]: line["error"] for line in lines if {"service", "error"} <= line.keys()}
    assert "max number of clients reached" in errors["redis"]


@pytest.fixture
def full_valkey(folder):
    """The address of a server whose last connection is taken."""
    server = Valkey(folder)
    server.client.config_set("maxclients", 1)
    yield server.url
    server.close()

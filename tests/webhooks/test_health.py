"""A shop whose parts are well and which still hears nobody: health says so, and the log why."""

from __future__ import annotations

import time

import httpx
import pytest
from structlog.testing import capture_logs

import settings
from app.infra import redis_client, webhook_health
from tests.support.receivers import served

HERE = "https://shop.example"


def webhook_info(messenger) -> dict:
    token = settings.current().telegram_bot_token.get_secret_value()
    return httpx.get(f"{messenger.url}/bot{token}/getWebhookInfo").json()["result"]


def complaint(messenger, *, polled=False, since=0.0) -> str | None:
    return webhook_health.complaint(webhook_info(messenger), polled=polled, since=since)


def set_webhook(messenger, url, secret="telegram-webhook-secret") -> None:
    token = settings.current().telegram_bot_token.get_secret_value()
    body = {"url": url, "secret_token": secret}
    httpx.post(f"{messenger.url}/bot{token}/setWebhook", json=body).raise_for_status()


def sick(web) -> list[str]:
    services = web.get("/health").json()["services"]
    return [name for name, state in services.items() if state != "ok"]


def test_where_no_webhook_is_set_telegram_is_not_well(everything, valkey):
    valkey.delete(redis_client.key("heartbeat", "poller"))

    with settings.override(public_url=HERE), capture_logs() as lines, served() as web:
        assert sick(web) == ["telegram"]

    (line,) = lines
    assert "webhook set" in line["error"]


def test_without_webhook_and_poller_nobody_listens(everything):
    assert "start the poller" in complaint(everything)
    assert complaint(everything, polled=True) is None


def test_a_webhook_that_leads_elsewhere_is_named(everything):
    set_webhook(everything, "https://another.example/webhooks/telegram")

    with settings.override(public_url=HERE):
        assert "another address" in complaint(everything)


def test_a_webhook_that_leads_here_is_fine(everything):
    set_webhook(everything, HERE + webhook_health.PATH)

    with settings.override(public_url=HERE):
        assert complaint(everything) is None


@pytest.fixture
def unheard(everything):
    """Alice has written, and Telegram got no further than our address."""
    with served() as web, settings.override(public_url=str(web.base_url)):
        set_webhook(everything, f"{web.base_url}{webhook_health.PATH}", secret="an-old-webhook-secret")
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
        served() as web,
    ):
        assert "pakasir" in sick(web)

    assert any("PAKASIR_WEBHOOK_SECRET is not set" in line["error"] for line in lines)


def test_a_database_without_its_migrations_is_told(everything, servers):
    with (
        settings.override(database_url=servers.postgres.ensure("never_migrated")),
        capture_logs() as lines,
        served() as web,
    ):
        assert sick(web) == ["database"]

    (line,) = lines
    assert "app.ops migrate" in line["error"]

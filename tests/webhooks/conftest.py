"""The web process' application behind a real server, and what it put into the queue."""

from __future__ import annotations

import json

import httpx
import pytest

import settings
from app.infra import redis_client
from app.infra.queue import lanes
from app.sandbox import pakasir, telegram
from tests.support.receivers import served


@pytest.fixture(scope="module")
def web_server(_settings):
    """One server for the tests of a module: it keeps nothing between requests."""
    with served() as client:
        yield client


@pytest.fixture
def post(web_server, valkey):
    """Call it to post raw bytes or something for JSON."""

    def post(path, content, **headers) -> httpx.Response:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web_server.post(path, content=body, headers=named)

    return post


@pytest.fixture
def queued(valkey):
    """Call it for the messages in all queues."""

    def queued() -> list[dict]:
        kept = [redis_client.key(f"{queue}.msgs") for queue in lanes.QUEUES]
        return [json.loads(message) for jobs in kept for message in valkey.hvals(jobs)]

    return queued


@pytest.fixture
def everything(_settings, valkey):
    """A deployment in which nothing is wrong."""
    for process in ("worker", "clock", "poller"):  # no webhook is set
        valkey.set(redis_client.key("heartbeat", process), 1)
    messenger = telegram.StandIn(_settings.telegram_bot_token.get_secret_value())
    gateway = pakasir.StandIn(_settings.pakasir_project, _settings.pakasir_api_key.get_secret_value())
    with (
        messenger.serve(),
        gateway.serve(),
        settings.override(telegram_api_url=messenger.url, pakasir_base_url=gateway.url),
    ):
        yield messenger

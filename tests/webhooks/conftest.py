"""The web process' application behind a real server, and what it put into the queue."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn

import settings
from app.infra import redis_client
from app.infra.queue import lanes
from app.sandbox import pakasir, telegram
from webhooks import app as web
from webhooks.__main__ import OPTIONS


@contextmanager
def served() -> Iterator[httpx.Client]:
    """Everything that `python -m webhooks` runs, lifespan included, in a thread."""
    # Only of a socket that says it is TCP does asyncio send small answers at once, not after 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    options = OPTIONS | {"timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(web.create(), **options))
    thread = threading.Thread(target=asyncio.run, args=[server.serve(sockets=[listening])])
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx.Client(base_url=url, timeout=10) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


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

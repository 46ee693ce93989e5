"""The web process' application behind a real server, and what is posted to it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.applications import Starlette

from app.infra import web_calls
from webhooks import app as web
from webhooks.__main__ import OPTIONS

PATIENCE_S = 60
UPDATE = {
    "update_id": 7,
    "message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "date": 1, "text": "Halo"},
}
V2 = {
    "txn_id": "txn_abc",
    "order_id": "TRX20261123-AAAA",
    "amount": 25_000,
    "is_sandbox": True,
    "status": "completed",
    "completed_at": "2026-11-23T10:00:00.123456789Z",
}
V1 = {
    "amount": 25_000,
    "order_id": "TRX20261123-AAAA",
    "project": "quickcart-test",
    "status": "completed",
    "payment_method": "qris",
    "completed_at": "2026-11-23T10:00:00+07:00",
}


@contextmanager
def looked_around() -> Iterator[httpx.Client]:
    """Web that knows how all services are: /health waits for that only half a second."""
    app = web.create()
    with served(app) as client:
        ends_s = time.monotonic() + PATIENCE_S
        while not (health := getattr(app.state, "health", None)) or not health.checked_once.is_set():
            assert time.monotonic() < ends_s, "it has not looked at everything in time"
            time.sleep(0.01)  # its event belongs to another thread's loop
        yield client


@contextmanager
def served(app: Starlette | None = None) -> Iterator[httpx.Client]:
    """Everything that `python -m webhooks` runs, lifespan included, in a thread."""
    # Only of a socket that says it is TCP does asyncio send small answers at once, not after 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    options = OPTIONS | {"timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(app or web.create(), **options))
    thread = threading.Thread(target=asyncio.run, args=[server.serve(sockets=[listening])])
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx.Client(base_url=url, timeout=PATIENCE_S, verify=web_calls.certificates()) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()

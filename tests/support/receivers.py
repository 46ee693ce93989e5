"""The web process' application behind a real server, and what is posted to it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from app.infra import web_calls
from webhooks import app as web
from webhooks.__main__ import OPTIONS

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
        with httpx.Client(base_url=url, timeout=10, verify=web_calls.certificates()) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()

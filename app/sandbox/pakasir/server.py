"""Serves an ASGI application from a background thread, on any free port unless told otherwise."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from app.sandbox.doorman import Doorman


@contextmanager
def serving(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address, good at once: what connects before the server runs waits in the socket's queue."""
    config = uvicorn.Config(Doorman(app), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", port), backlog=256) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join()

"""Web servers that answer as no server should: drop by drop, or without end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#: For so long at most; who still waits then is told that the connection broke.
DRIPS_S = 4.0

Answer = Callable[[socket.socket], None]


def drip_headers(line: socket.socket) -> None:
    """A header that never ends, a byte at a time."""
    line.sendall(HEAD + b"X-Slow: ")
    _drip(line)


def drip_body(line: socket.socket) -> None:
    line.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    _drip(line)


def flood(line: socket.socket) -> None:
    """40 MB of one string."""
    line.sendall(HEAD + b'Content-Length: 40000000\r\n\r\n{"ok":true,"result":"')
    for _ in range(40):
        line.sendall(b"x" * 1_000_000)


def turn_away(line: socket.socket) -> None:
    """As a proxy does that lets nobody through for a while."""
    line.sendall(b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 20\r\nContent-Length: 4\r\n\r\nbusy")


def _drip(line: socket.socket) -> None:
    until_s = time.monotonic() + DRIPS_S
    while time.monotonic() < until_s:
        line.sendall(b"x")
        time.sleep(0.05)


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """The address of a server that answers every call so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, answer), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def _serve(listener: socket.socket, answer: Answer) -> None:
    with suppress(OSError):
        while True:
            line, _ = listener.accept()
            threading.Thread(target=_answer, args=(line, answer), daemon=True).start()


def _answer(line: socket.socket, answer: Answer) -> None:
    with suppress(OSError), line:
        line.recv(65536)
        answer(line)

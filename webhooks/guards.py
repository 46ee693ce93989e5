"""What every receiver does the same: cap the body, compare secrets, refuse. Knows no sender."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from pydantic import SecretStr
from starlette.types import Receive

Headers = Mapping[bytes, bytes]

#: So much of every body has room; what is more shares a process' room for that with all others that are in
#: hand. No notification is larger, and updates of people hardly ever are.
UNSHARED_BYTES, SHARED_BYTES = 64 * 1024, 8 * 1024 * 1024


class Refusal(Exception):
    """The request goes no further. `reason` is a fixed sentence that the sender may see."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Disconnected(Exception):
    """The sender went away before its body was here: there is nobody to answer."""


class Bodies:
    """Those that a process has in hand: each is kept several times over until its job is in the queue."""

    def __init__(self) -> None:
        self._shared = 0

    @contextmanager
    def one_more(self) -> Iterator[Callable[[int], None]]:
        """Tell what it yields how large the body is by now. That raises Refusal where it has no room."""
        mine = 0

        def grow(size: int) -> None:
            nonlocal mine
            more = max(0, size - UNSHARED_BYTES - mine)
            if self._shared + more > SHARED_BYTES:
                raise Refusal(429, "no room for this now")
            mine, self._shared = mine + more, self._shared + more

        try:
            yield grow
        finally:
            self._shared -= mine


def announced_size(headers: Headers, max_bytes: int) -> int:
    """Refuse by Content-Length, before anything of the body is read."""
    announced = headers.get(b"content-length", b"0")
    if not announced.isdigit():
        raise Refusal(400, "the length is not a number")
    if int(announced) > max_bytes:
        raise Refusal(413, "the body is too large")
    return int(announced)


def _no_limit(_size: int) -> None:
    """Where `max_bytes` are few."""


async def body(receive: Receive, max_bytes: int, grow: Callable[[int], None] = _no_limit) -> bytes:
    """The whole body. Refused as soon as it is larger than `max_bytes`, whatever was announced.

    Who trickles it is cut off by the connection, which is a `Disconnected` here.
    """
    content, more = await _chunk(receive, max_bytes)
    while more:
        chunk, more = await _chunk(receive, max_bytes - len(content))
        content += chunk
        grow(len(content))
    return content


async def _chunk(receive: Receive, max_bytes: int) -> tuple[bytes, bool]:
    """What is here of the body, and whether there is more to come."""
    event = await receive()
    if event["type"] == "http.disconnect":
        raise Disconnected
    chunk: bytes = event.get("body", b"")
    if len(chunk) > max_bytes:
        raise Refusal(413, "the body is too large")
    return chunk, event.get("more_body", False)


def json_object(content: bytes) -> dict[str, Any]:
    """The body as a JSON object, whatever its Content-Type says."""
    try:
        parsed = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refusal(400, "the body is not JSON") from None
    if not isinstance(parsed, dict):
        raise Refusal(400, "the body is not a JSON object")
    return parsed


def same_secret(given: bytes | None, secret: SecretStr) -> bool:
    """In a time that does not tell how much of it was right."""
    return given is not None and hmac.compare_digest(given, secret.get_secret_value().encode())


def signed(given: bytes | None, content: bytes, secret: SecretStr) -> bool:
    """Whether `given` is the hex HMAC-SHA256 of the body under the secret."""
    if given is None:
        return False
    digest = hmac.new(secret.get_secret_value().encode(), content, hashlib.sha256).hexdigest()
    return hmac.compare_digest(given.lower(), digest.encode())

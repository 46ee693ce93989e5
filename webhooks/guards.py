"""What every receiver does the same: cap the body, compare secrets, refuse. Knows no sender."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import SecretStr
from starlette.types import Receive

Headers = Mapping[bytes, bytes]


class Refusal(Exception):
    """The request goes no further. `reason` is a fixed sentence that the sender may see."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class Disconnected(Exception):
    """The sender went away before its body was here: there is nobody to answer."""


def announced_size(headers: Headers, max_bytes: int) -> None:
    """Refuse by Content-Length, before anything of the body is read."""
    announced = headers.get(b"content-length", b"0")
    if not announced.isdigit():
        raise Refusal(400, "the length is not a number")
    if int(announced) > max_bytes:
        raise Refusal(413, "the body is too large")


async def body(receive: Receive, max_bytes: int) -> bytes:
    """The whole body. Refused as soon as it is larger than `max_bytes`, whatever was announced.

    Who trickles it is cut off by the connection, which is a `Disconnected` here.
    """
    content, more = await _chunk(receive, max_bytes)
    while more:
        chunk, more = await _chunk(receive, max_bytes - len(content))
        content += chunk
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

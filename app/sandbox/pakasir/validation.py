"""What the gateway takes of a request: fields, numbers, order ids and amounts. All raise Refusal."""

from __future__ import annotations

import json
import re
from typing import Any

from app.sandbox.pakasir.refusals import Refusal

LEAST, MOST = 500, 10_000_000


def fields(body: bytes, names: set[str], optional: set[str] | None = None) -> dict[str, Any]:
    """A JSON object with exactly these names, and perhaps some optional ones."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is not JSON") from None
    if not isinstance(value, dict):
        raise Refusal(400, "The body is not an object")
    kept = {name: value[name] for name in value if name not in (optional or set())}
    return exactly(kept, names)


def exactly(given: dict[str, Any], names: set[str]) -> dict[str, Any]:
    if odd := sorted(names ^ given.keys()):
        raise Refusal(400, f"Missing or unknown: {', '.join(odd)}")
    return given


def no_body(body: bytes) -> None:
    if body:
        raise Refusal(400, "This call takes no body")


def number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise Refusal(400, "amount must be a whole number")
    return int(text)


def amount(value: object) -> int:
    """Whole rupiah within the gateway's bounds."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refusal(400, "amount must be a whole number")
    if not LEAST <= value <= MOST:
        raise Refusal(400, f"amount must be {LEAST} to {MOST}")
    return value


def order_id(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_-]{5,100}", value):
        raise Refusal(400, "order_id must be 5 to 100 of A-Z, a-z, 0-9, - and _")
    return value

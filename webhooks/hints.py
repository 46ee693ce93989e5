"""What a payment notification says, however oddly it is written.

It is never believed, so little is asked of it: whoever sent the secret along is heard as soon as an order is
named. What anybody may have sent (version 1) must look like the gateway's own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

import settings
from app import money
from webhooks.guards import Refusal

ORDER_ID = re.compile(r"[A-Za-z0-9_-]{5,100}")
TXN_ID = re.compile(r"[!-~]{1,100}")

#: So many objects and lists may be around the one that names the order.
_DEEPEST = 4

_PAID = {"completed", "complete", "success", "successful", "succeeded", "paid", "settled", "settlement"}
_NOT_PAID = {"pending", "canceled", "cancelled", "expired", "failed", "unpaid"}

Notification = Mapping[str, Any]


@dataclass(frozen=True)
class Hint:
    """The order that may have been paid, and the transaction if one is named."""

    order_id: str
    txn_id: str | None


def read(content: bytes, *, signed: bool) -> Hint:
    """Raises Refusal."""
    given = _unwrapped(_read(content))
    order_id = _word(given, "order_id", ORDER_ID)
    if order_id is None:
        raise Refusal(400, "no order")
    _check_project(given, signed)
    _check_status(given, signed)
    if not signed and not money.from_json(given.get("amount")):
        raise Refusal(400, "no amount")
    return Hint(order_id, _word(given, "txn_id", TXN_ID) if signed else None)


def _read(content: bytes) -> Any:
    """JSON as strict readers take it, or else with what they do not: NaN, a number of thousands of digits,
    another encoding. Raises Refusal."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(content, parse_int=str)
    except (ValueError, RecursionError):
        raise Refusal(400, "the body is not JSON") from None


def _unwrapped(read: Any) -> Notification:
    """The first object that names an order: the notification itself, or one inside it. Raises Refusal."""
    within = [read]
    for _ in range(_DEEPEST):
        for each in within:
            if isinstance(each, dict) and "order_id" in each:
                return each
        within = [inner for each in within for inner in _inside(each)]
    raise Refusal(400, "no order")


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _word(given: Notification, name: str, shape: re.Pattern[str]) -> str | None:
    """A number counts as its digits."""
    value = given.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    value = value.strip() if isinstance(value, str) else ""
    return value if shape.fullmatch(value) else None


def _check_project(given: Notification, signed: bool) -> None:
    """The gateway's secret is that of one project, so it need not be named; a wrong one is refused."""
    ours = settings.current().pakasir_project
    named = given.get("project")
    if named != ours and not (signed and named is None):
        raise Refusal(400, "another project")


def _check_status(given: Notification, signed: bool) -> None:
    value = given.get("status")
    word = value.strip().lower() if isinstance(value, str) else None
    if word in _NOT_PAID or (not signed and word not in _PAID):
        raise Refusal(400, "not a completed payment")

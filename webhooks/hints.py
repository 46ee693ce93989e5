"""What a payment notification says, however oddly it is written.

It is never believed, so little is asked of it: whoever sent the secret along is heard as soon as an order is
named. What anybody may have sent (version 1) must look like the gateway's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import settings
from app import money
from webhooks import guards
from webhooks.guards import Refusal

ORDER_ID = re.compile(r"[A-Za-z0-9_-]{5,100}")
TXN_ID = re.compile(r"[!-~]{1,100}")

_WRAPPERS = ("data", "transaction", "payment")
_BOM = b"\xef\xbb\xbf"

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
    given = _unwrapped(guards.json_object(content.removeprefix(_BOM)))
    order_id = _word(given, "order_id", ORDER_ID)
    if order_id is None:
        raise Refusal(400, "no order")
    _check_project(given, signed)
    _check_status(given, signed)
    if not signed and not money.from_json(given.get("amount")):
        raise Refusal(400, "no amount")
    return Hint(order_id, _word(given, "txn_id", TXN_ID) if signed else None)


def _unwrapped(given: Notification) -> Notification:
    """The object that names the order: the notification itself, or one inside it."""
    for _ in range(len(_WRAPPERS)):
        inner = next((given[name] for name in _WRAPPERS if isinstance(given.get(name), dict)), None)
        if "order_id" in given or inner is None:
            break
        given = inner
    return given


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

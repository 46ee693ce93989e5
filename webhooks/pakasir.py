"""Payment notifications from Pakasir. They are hints: the worker asks the gateway before it believes one.

Rules: the gateway's v2 webhook (X-Secret or X-Pakasir-Signature) and its unsigned v1 webhook. What anybody
may have sent waits behind everything else, and only so much of it: sweeps find the payments it told of.
"""

from __future__ import annotations

import re
from typing import Any

import settings
from app.infra import lanes, wire
from webhooks import guards
from webhooks.guards import Headers, Refusal

ORDER_ID = re.compile(r"[A-Za-z0-9_-]{5,100}")
TXN_ID = re.compile(r"[!-~]{1,100}")

SECRET = b"x-secret"
SIGNATURE = b"x-pakasir-signature"


class Pakasir:
    received = "payment notification received"
    max_bytes = 64 * 1024

    def admit(self, headers: Headers) -> None:
        current = settings.current()
        if current.pakasir_api_version == 1:
            return
        if current.pakasir_webhook_secret is None:
            raise Refusal(503, "no webhook secret is configured")
        if SECRET not in headers and SIGNATURE not in headers:
            raise Refusal(401, "neither secret nor signature")

    def job(self, headers: Headers, content: bytes) -> wire.Message:
        signed = _check_sender(headers, content)
        notification = guards.json_object(content)
        if settings.current().pakasir_api_version == 1:
            order_id, txn_id = _read_v1(notification), None
        else:
            order_id, txn_id = _read_v2(notification)
        return wire.message(
            "settle_payment",
            [order_id, txn_id],
            queue=None if signed else lanes.WATCH,
            message_id=f"paid-{order_id}-{txn_id or 'v1'}",
        )


def _check_sender(headers: Headers, content: bytes) -> bool:
    """One of the two must be right. Only v1 may come with neither, as it never has any: then False."""
    current = settings.current()
    given, signature = headers.get(SECRET), headers.get(SIGNATURE)
    if current.pakasir_api_version == 1 and given is None and signature is None:
        return False
    secret = current.pakasir_webhook_secret
    if secret and (guards.same_secret(given, secret) or guards.signed(signature, content, secret)):
        return True
    raise Refusal(401, "wrong secret or signature")


def _read_v2(notification: dict[str, Any]) -> tuple[str, str]:
    """(order_id, txn_id)"""
    txn_id = notification.get("txn_id")
    if not isinstance(txn_id, str) or not TXN_ID.fullmatch(txn_id):
        raise Refusal(400, "no transaction")
    if notification.get("project", settings.current().pakasir_project) != settings.current().pakasir_project:
        raise Refusal(400, "another project")
    return _read_common(notification), txn_id


def _read_v1(notification: dict[str, Any]) -> str:
    if notification.get("project") != settings.current().pakasir_project:
        raise Refusal(400, "another project")
    return _read_common(notification)


def _read_common(notification: dict[str, Any]) -> str:
    order_id, amount = notification.get("order_id"), notification.get("amount")
    if not isinstance(order_id, str) or not ORDER_ID.fullmatch(order_id):
        raise Refusal(400, "no order")
    if type(amount) is not int or amount <= 0:
        raise Refusal(400, "no amount")
    if notification.get("status") != "completed":
        raise Refusal(400, "not a completed payment")
    return order_id

"""Payment notifications from Pakasir. They are hints: the worker asks the gateway before it believes one.

Rules: the gateway's v2 webhook (X-Secret or X-Pakasir-Signature) and its unsigned v1 webhook. What anybody
may have sent waits behind everything else, and only so much of it: sweeps find the payments it told of.
"""

from __future__ import annotations

import settings
from app.infra.queue import lanes, wire
from webhooks import guards, hints
from webhooks.guards import Headers, Refusal

SECRET = b"x-secret"
SIGNATURE = b"x-pakasir-signature"


class Pakasir:
    name = "pakasir"
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
        hint = hints.read(content, signed=signed)
        txn_id = None if settings.current().pakasir_api_version == 1 else hint.txn_id
        # Only the secret's owner names a transaction, so the worker need not be told twice whom to trust.
        trust = [True] if signed and txn_id is None else []
        return wire.message(
            "settle_payment",
            [hint.order_id, txn_id, *trust],
            queue=None if signed else lanes.WATCH,
            message_id=f"paid-{hint.order_id}-{txn_id or 'v1'}",
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

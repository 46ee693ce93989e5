"""What a process says once, when it starts: settings that are allowed and still deserve a word."""

from __future__ import annotations

import structlog

import settings

log = structlog.get_logger()

#: The gateway gives this secret, so its length is not for us to refuse.
SHORT = 16


def announce() -> None:
    current = settings.current()
    secret = current.pakasir_webhook_secret
    if current.pakasir_sandbox:
        log.warning("PAKASIR_SANDBOX=1: payments of a sandbox project count, goods go out without money")
    if secret and len(secret.get_secret_value()) < SHORT:
        log.warning("PAKASIR_WEBHOOK_SECRET is short: whoever guesses it may send notifications")
    if current.public_url and current.pakasir_api_version == 2 and secret is None:
        log.warning("PAKASIR_WEBHOOK_SECRET is not set: notifications of payments are refused")

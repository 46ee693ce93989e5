"""Updates from Telegram. What an update means is decided by the worker; here it only has to be one."""

from __future__ import annotations

import settings
from app.infra.queue import wire
from webhooks import guards
from webhooks.guards import Headers, Refusal


class Telegram:
    name = "telegram"
    received = "update received"
    max_bytes = 1024 * 1024

    def admit(self, headers: Headers) -> None:
        secret = settings.current().telegram_webhook_secret
        given = headers.get(b"x-telegram-bot-api-secret-token")
        if secret is None or not guards.same_secret(given, secret):
            raise Refusal(401, "wrong secret")

    def job(self, headers: Headers, content: bytes) -> wire.Message:  # noqa: ARG002  (the secret is enough)
        update = guards.json_object(content)
        number = update.get("update_id")
        if type(number) is not int or number < 0:
            raise Refusal(400, "not an update")
        # Besides its number an update only holds objects; which of them is news to us is no reason to refuse.
        if not all(isinstance(value, dict) for name, value in update.items() if name != "update_id"):
            raise Refusal(400, "not an update")
        return wire.update(update)

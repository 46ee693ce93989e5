"""Whether what people write can reach the shop at all, judged by what Telegram says of the webhook.

A shop may be well in every part and deaf: then nobody complains but customers.
"""

from __future__ import annotations

import time
from typing import Any

import settings

PATH = "/webhooks/telegram"

#: Telegram keeps its last error for ever; one that is older says nothing about now.
ERROR_COUNTS_S = 600
#: Its errors are dated to the second, and who starts does not answer from the first moment.
STARTING_S = 2.0
MOST_WORDS = 200


def complaint(webhook: dict[str, Any], *, polled: bool, since: float) -> str | None:
    """What is wrong, in one sentence, with the remedy; None when updates arrive.

    `webhook` is getWebhookInfo's answer, `polled` whether a poller fetches updates. Errors from before
    `since` (seconds since 1970) may be of the time when nobody was here to answer.
    """
    public_url, url = settings.current().public_url, webhook.get("url")
    if not url:
        return None if polled else _nobody_listens(public_url)
    if public_url and url != public_url + PATH:
        return "telegram sends updates to another address; run: python -m app.ops webhook set"
    error_at = webhook.get("last_error_date", 0)
    if webhook.get("pending_update_count") and error_at >= max(
        since + STARTING_S, time.time() - ERROR_COUNTS_S
    ):
        return _undelivered(str(webhook.get("last_error_message", "")))
    return None


def _nobody_listens(public_url: str | None) -> str:
    if public_url:
        return "telegram sends updates nowhere; run: python -m app.ops webhook set"
    return (
        "nobody fetches updates; start the poller, or set PUBLIC_URL and run: python -m app.ops webhook set"
    )


def _undelivered(words: str) -> str:
    if "401" in words:
        return (
            "telegram sends updates with another secret than TELEGRAM_WEBHOOK_SECRET; "
            "run: python -m app.ops webhook set"
        )
    return f"telegram cannot deliver updates: {words[:MOST_WORDS]}"

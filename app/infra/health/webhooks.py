"""Whether what people write can reach the shop at all, judged by what Telegram says of the webhook.

A shop may be well in every part and deaf: then nobody complains but customers.
"""

from __future__ import annotations

import time
from typing import Any

import settings

PATH = "/webhooks/telegram"
#: What the bot wants to be told; everything else would only cost a queue trip.
WANTED = ("message", "callback_query", "my_chat_member")
_SET = "run: python -m app.ops webhook set"

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
    if not public_url:
        return f"telegram sends updates to an address that may not be ours; set PUBLIC_URL and {_SET}"
    if url.lower() != (public_url + PATH).lower():
        return f"telegram sends updates to another address; {_SET}"
    if left_out := _left_out(webhook):
        return f"telegram sends no updates of the kind {' and '.join(left_out)}; {_SET}"
    error_at = webhook.get("last_error_date", 0)
    if webhook.get("pending_update_count") and error_at >= max(
        since + STARTING_S, time.time() - ERROR_COUNTS_S
    ):
        return _undelivered(str(webhook.get("last_error_message", "")))
    return None


def _left_out(webhook: dict[str, Any]) -> list[str]:
    """Whoever set the webhook by hand may have asked for less; who named nothing gets all that is wanted."""
    asked = webhook.get("allowed_updates") or WANTED
    return [kind for kind in WANTED if kind not in asked]


def _nobody_listens(public_url: str | None) -> str:
    if public_url:
        return f"telegram sends updates nowhere; {_SET}"
    return f"nobody fetches updates; start the poller, or set PUBLIC_URL and {_SET}"


def _undelivered(words: str) -> str:
    if "401" in words:
        return f"telegram sends updates with another secret than TELEGRAM_WEBHOOK_SECRET; {_SET}"
    return f"telegram cannot deliver updates: {words[:MOST_WORDS]}"

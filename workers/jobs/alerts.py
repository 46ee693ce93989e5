"""Judging the rules of app/backoffice/alerts, and telling what came of it."""

from __future__ import annotations

import structlog

import settings
from app.backoffice.alerts import rules, upkeep
from app.clients import telegram
from app.errors import ClientError
from workers.jobs import alert_messages
from workers.policies import patient

log = structlog.get_logger()


@patient
def evaluate_alerts() -> None:
    if settings.current().public_url:
        look_at_webhook()
    rules.evaluate()


def look_at_webhook() -> None:
    """A sample of how Telegram answers, too, while nobody else calls it. That it does not is for its rule."""
    try:
        upkeep.note_webhook(telegram.client().webhook_info())
    except ClientError as error:
        log.info("webhook not looked at", error=type(error).__name__)


@patient
def tell_alert(chat_id: int, name: str) -> None:
    """Make the chat's message of this alert say how it is now."""
    alert_messages.bring(chat_id, name)

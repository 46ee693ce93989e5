"""Judging the rules of app/alerts, and telling what came of it."""

from __future__ import annotations

from app.alerts import rules
from workers import alert_messages
from workers.policies import patient


@patient
def evaluate_alerts() -> None:
    rules.evaluate()


@patient
def tell_alert(chat_id: int, name: str) -> None:
    """Make the chat's message of this alert say how it is now."""
    alert_messages.bring(chat_id, name)

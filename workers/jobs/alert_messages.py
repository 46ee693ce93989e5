"""Brings an alert's message in a chat up to what its row says: for workers, and for a clock without them."""

from __future__ import annotations

from app.backoffice.alerts import incidents, rules
from app.bot.operators import alerts
from app.clients import telegram
from app.texts import incidents as incident_words
from models import Alert, utcnow
from workers.jobs import show


def bring(chat_id: int, name: str) -> None:
    """Send, change or answer it, or nothing, if it is right. Repeating is safe. Raises ClientErrors."""
    row = incidents.get(name)
    known = row.messages.get(str(chat_id)) if row else None
    if row is None or known is None:
        return
    with show.for_reader(chat_id):
        if row.state == Alert.CLEAR:
            _say_all_clear(row, chat_id, known)
        elif known:
            _record(row, chat_id, show.edit(chat_id, known, alerts.message(row)))
        else:
            _record(row, chat_id, _send(row, chat_id))


def _say_all_clear(row: Alert, chat_id: int, known: int) -> None:
    text = incident_words.all_clear(row)
    show.reach(
        chat_id, lambda chat: telegram.client().send_text(chat, text, reply_to=known or None, silent=True)
    )
    incidents.ended(row, chat_id)


def _send(row: Alert, chat_id: int) -> int | None:
    screen, silent = alerts.message(row), incidents.is_silent(rules.BY_NAME[row.name], utcnow())
    sent = show.reach(
        chat_id, lambda chat: telegram.client().send_text(chat, screen.text, screen.markup(), silent=silent)
    )
    return sent[1] if sent else None


def _record(row: Alert, chat_id: int, message_id: int | None) -> None:
    if message_id is None:
        incidents.ended(row, chat_id)
    else:
        incidents.told(row, chat_id, message_id)

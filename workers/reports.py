"""Pictures and files that take longer to make than a person's turn may."""

from __future__ import annotations

from app.bot.admin import stats
from workers import show
from workers.policies import patient


@patient
def send_stats(chat_id: int, thread_id: int | None = None) -> None:
    """Drawn anew at every try: figures of an hour ago would mislead."""
    with show.in_topic(chat_id, thread_id):
        show.send(chat_id, stats.picture())

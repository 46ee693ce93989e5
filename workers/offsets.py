"""Which update the poller asks for next, kept in the database so that a restart repeats nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import models
import settings
from app.infra import stored

KEY = "poller_offset"

# Telegram numbers updates anew after a week without any. An offset from before would make it forget the new
# ones, unseen; by then it has long dropped the old ones itself.
GOOD_FOR = timedelta(days=6)


class Offset:
    """The number after the last update that is safe in the queue."""

    def __init__(self, value: int | None = None, at: datetime | None = None) -> None:
        self._value, self._at = value, at or models.utcnow()

    @property
    def next(self) -> int | None:
        """What to ask for; None for whatever Telegram has."""
        return self._value if models.utcnow() - self._at < GOOD_FOR else None

    def confirm(self, update_id: int) -> None:
        self._value, self._at = update_id + 1, models.utcnow()

    def dump(self) -> dict[str, object]:
        return {"bot": settings.current().bot_id, "value": self._value, "at": self._at.isoformat()}


def load() -> Offset:
    """What was kept for this bot; another token is another bot, with numbers of its own."""
    with models.db.connection_context():
        known = stored.get(KEY)
    if known is None or known["bot"] != settings.current().bot_id:
        return Offset()
    return Offset(known["value"], datetime.fromisoformat(known["at"]))


def save(offset: Offset) -> None:
    with models.db.connection_context():
        stored.put(KEY, offset.dump())

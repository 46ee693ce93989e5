"""One person's turn in the conversation: what every handler gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.bot.toolkit import formatting
from app.bot.toolkit.events import Event
from app.bot.toolkit.reply import Reply
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.session import Session
from models import User


@dataclass(frozen=True)
class Turn:
    """The person is fresh, and locked while a handler runs."""

    person: User
    event: Event
    session: Session
    #: Under maintenance, which only admins may ignore.
    closed: bool = False

    @property
    def typed(self) -> str:
        """What was typed, or the caption of what was sent."""
        return self.event.text

    @property
    def literal(self) -> str:
        """The same with the signs that Telegram has taken for formatting."""
        return self._literal(0)

    @property
    def rest(self) -> str:
        """What follows a command, with the signs that Telegram has taken for formatting."""
        return self._literal(self.rest_at) if self.event.command else ""

    def _literal(self, at: int) -> str:
        event = self.event
        if not event.entities:
            return event.text[at:].strip()
        signs = formatting.certain(event.text, event.entities, at)
        return formatting.typed(event.text, signs, at).strip()

    @property
    def rest_at(self) -> int:
        """The letter of the text that `rest` begins with."""
        command = self.event.command
        return len(self.event.text) - len(command.rest) if command else 0


#: Calls one service at most and says what to show. Numbers come from a pressed button.
Handler = Callable[..., Reply]
#: Reads and draws: `render(person, *args)`.
Render = Callable[..., Screen]

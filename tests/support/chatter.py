"""People who talk to the bot without a messenger in between, and what they are shown."""

from __future__ import annotations

import itertools
import re
from html import unescape
from typing import Any

from app.bot import conversation
from app.bot.conversation import Outcome
from app.bot.toolkit import events

_numbers = itertools.count(1)


class Chatter:
    """One person; every act returns what the bot would answer. Repeat an update by its number."""

    def __init__(
        self, user_id: int, name: str, username: str | None = None, chat_id: int | None = None
    ) -> None:
        self.id, self.chat_id = user_id, chat_id or user_id
        self.sender = {"id": user_id, "is_bot": False, "first_name": name, "username": username}
        self.chat = {"id": self.chat_id, "type": "private" if self.chat_id > 0 else "group"}

    def says(self, text: str, **more: Any) -> Outcome:
        return self.does(self.message(text=text, **more))

    def presses(self, data: str, *, message_id: int = 10, **more: Any) -> Outcome:
        return self.does(self.press(data, message_id, **more))

    def taps(self, outcome: Outcome, label: str) -> Outcome:
        """Press a button of the screen that the bot answered with."""
        assert outcome.screen
        buttons = [button for row in outcome.screen.buttons for button in row]
        data = next(button.data for button in buttons if button.label.startswith(label))
        assert data
        return self.presses(data)

    def does(self, update: dict[str, Any]) -> Outcome:
        event = events.read(update)
        assert event
        return conversation.react(event)

    def message(self, **content: Any) -> dict[str, Any]:
        message = {"message_id": 1, "date": 0, "chat": self.chat, "from": self.sender, **content}
        return {"update_id": next(_numbers), "message": message}

    def press(self, data: str, message_id: int = 10, **more: Any) -> dict[str, Any]:
        message = {"message_id": message_id, "date": 0, "chat": self.chat, **more}
        query = {"id": "1", "from": self.sender, "chat_instance": "1", "message": message, "data": data}
        return {"update_id": next(_numbers), "callback_query": query}


def labels(outcome: Outcome) -> list[str]:
    assert outcome.screen
    return [button.label for row in outcome.screen.buttons for button in row]


def visible(text: str) -> str:
    """As Telegram counts it: after the markup was read."""
    return unescape(re.sub(r"<[^>]*>", "", text))


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}

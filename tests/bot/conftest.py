"""People who talk to the bot without a messenger in between: what it decides, and what it draws."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import redis

from app.bot import conversation
from app.bot.conversation import Outcome
from app.bot.toolkit import events
from app.infra import transactions
from app.people import users

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


@pytest.fixture
def buyer(database: object, valkey: redis.Redis) -> Chatter:
    """Alice, who has been here before."""
    with transactions.atomic():
        users.meet(1, "Alice", "alice")
    return Chatter(1, "Alice", "alice")


@pytest.fixture
def admin(database: object, valkey: redis.Redis) -> Chatter:
    return Chatter(2, "Bob", "bob")


@pytest.fixture
def stranger(database: object, valkey: redis.Redis) -> Chatter:
    return Chatter(3, "Charlie")


class Queries(logging.Handler):
    """Every statement that peewee sends, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.statements.append(str(record.msg[0]))


@pytest.fixture
def queries(database: object) -> Iterator[Queries]:
    counted = Queries()
    logger = logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(counted)
    logger.setLevel(logging.DEBUG)
    yield counted
    logger.removeHandler(counted)
    logger.setLevel(level)

"""A stand-in Telegram with Alice in it, and a bot that calls it over HTTP with nothing in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.sandbox.telegram import StandIn
from app.sandbox.telegram.people import Person

TOKEN = "123456:sandbox-token"


class Bot:
    """`bot.sendMessage(chat_id=1, text="Hi")` is one POST; the answer is the JSON body."""

    def __init__(self, standin: StandIn, token: str = TOKEN) -> None:
        self.http = httpx.Client(base_url=f"{standin.url}/bot{token}", timeout=10)

    def __getattr__(self, method: str) -> Any:
        return lambda **params: self.http.post(f"/{method}", json=params).json()

    def uploads(self, method: str, field: str, name: str, content: bytes, **params: Any) -> Any:
        """The same with a file, as multipart."""
        return self.http.post(f"/{method}", data=params, files={field: (name, content)}).json()


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """With the real limits."""
    with StandIn(TOKEN, retry_s=0.01).serve() as standin:
        yield standin


@pytest.fixture
def bot(telegram: StandIn) -> Iterator[Bot]:
    """Calls the stand-in."""
    bot = Bot(telegram)
    yield bot
    bot.http.close()


@pytest.fixture
def alice(telegram: StandIn) -> Person:
    """She has written to the bot, which has read it."""
    alice = telegram.person(1, "Alice", "alice")
    alice.start()
    telegram.take_updates()
    return alice

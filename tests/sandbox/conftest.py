"""A stand-in Telegram with Alice in it, and a bot that calls it over HTTP with nothing in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.sandbox.telegram import StandIn
from app.sandbox.telegram.people import Person
from tests.support.bot_api import TOKEN, Bot
from tests.support.house import House


@pytest.fixture
def telegram(house: House) -> Iterator[StandIn]:
    """With the real limits."""
    with house.hosting(StandIn(TOKEN, retry_s=0.01)) as standin:
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

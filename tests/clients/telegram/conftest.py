"""A messenger of the test's own, strict as Telegram, and our client of it."""

from __future__ import annotations

import pytest

import settings
from app.clients.telegram import Telegram
from app.sandbox.telegram import StandIn


def _token() -> str:
    return settings.current().telegram_bot_token.get_secret_value()


@pytest.fixture
def messenger(valkey):
    with StandIn(_token(), strict_limits=False).serve() as standin:
        yield standin


@pytest.fixture
def client(messenger):
    client = Telegram(_token(), messenger.url)
    yield client
    client.close()


@pytest.fixture
def elsewhere(messenger):
    """The client of another process, as far as anyone can tell."""
    client = Telegram(_token(), messenger.url)
    yield client
    client.close()


@pytest.fixture
def alice(messenger):
    """She has started the bot; nobody has taken that update."""
    alice = messenger.person(1, "Alice")
    alice.start()
    return alice

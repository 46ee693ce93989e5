"""A messenger of the test's own, strict as Telegram, and our client of it."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path

import pytest

import settings
from app.clients.telegram import Telegram
from app.sandbox.telegram import StandIn
from tests.support.certificates import self_signed


class Unvouched:
    """A server whose certificate is signed by itself. `heard` is what it was told inside TLS."""

    def __init__(self, certificate: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._socket.getsockname()[1]}"
        self.heard = b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with suppress(ssl.SSLError, ConnectionError), connection:
            self.heard = self._context.wrap_socket(connection, server_side=True).recv(1000)

    def close(self) -> None:
        self._thread.join()
        self._socket.close()


def _token() -> str:
    return settings.current().telegram_bot_token.get_secret_value()


@pytest.fixture
def messenger(house, valkey):
    with house.hosting(StandIn(_token(), strict_limits=False)) as standin:
        yield standin


@pytest.fixture
def client(messenger):
    client = Telegram(_token(), messenger.url)
    yield client
    client.close()


@pytest.fixture
def unvouched(tmp_path):
    server = Unvouched(self_signed(tmp_path))
    yield server
    server.close()


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


@pytest.fixture
def rina(messenger):
    """She has started it as well."""
    rina = messenger.person(4, "Rina")
    rina.start()
    return rina

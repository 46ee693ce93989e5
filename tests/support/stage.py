"""One address where tests find both stand-ins and the shop's receivers: the processes' HTTP in one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

import settings
from app.infra import redis_client
from app.sandbox import pakasir, telegram
from app.sandbox.server import Server
from webhooks import app as web

Messenger = telegram.StandIn
Gateway = pakasir.StandIn


class Stage:
    """Serves what is on it under a prefix each; a test puts its own stand-ins there.

    The address stays the same, so that clients keep their connections from test to test.
    """

    def __init__(self) -> None:
        self._apps: dict[str, ASGIApp] = {}
        self._web = web.create()
        self._server = Server(self)
        self._http = httpx.Client(verify=False)
        self.url = self._server.url

    @property
    def addresses(self) -> dict[str, str]:
        """The settings that lead clients here."""
        gateway = f"{self.url}/pakasir"
        return {
            "public_url": self.url,
            "telegram_api_url": f"{self.url}/telegram",
            "pakasir_base_url": gateway,
            "pakasir_public_url": gateway,
        }

    def open_receivers(self) -> None:
        """Web without its lifespan: the receivers and their queue, no checks in the background."""
        web.open_queue(self._web, redis_client.connect_async())

    def close(self) -> None:
        self._http.close()
        self._server.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        for prefix, app in self._apps.items():
            if scope["path"].startswith(prefix + "/"):
                scope = dict(scope, root_path=prefix)
                return await app(scope, receive, send)
        return await self._web(scope, receive, send)

    @contextmanager
    def telegram(self) -> Iterator[Messenger]:
        """A new messenger with nobody in it, its webhook set to the receivers."""
        current = settings.current()
        assert current.telegram_webhook_secret
        token = current.telegram_bot_token.get_secret_value()
        standin = Messenger(token)
        standin.url = f"{self.url}/telegram"
        self._apps["/telegram"] = standin.asgi()
        webhook = {
            "url": f"{self.url}/webhooks/telegram",
            "secret_token": current.telegram_webhook_secret.get_secret_value(),
        }
        self._http.post(f"{standin.url}/bot{token}/setWebhook", json=webhook).raise_for_status()
        standin.calls.clear()
        try:
            yield standin
        finally:
            standin.close()

    @contextmanager
    def pakasir(self) -> Iterator[Gateway]:
        """A new gateway without payments; it notifies the receivers."""
        current = settings.current()
        assert current.pakasir_webhook_secret
        standin = Gateway(
            current.pakasir_project,
            current.pakasir_api_key.get_secret_value(),
            current.pakasir_webhook_secret.get_secret_value(),
            f"{self.url}/webhooks/pakasir",
        )
        standin.url = f"{self.url}/pakasir"
        self._apps["/pakasir"] = standin.asgi()
        try:
            yield standin
        finally:
            standin.close()


@contextmanager
def opened() -> Iterator[Stage]:
    stage = Stage()
    try:
        yield stage
    finally:
        stage.close()

"""One server for all the stand-ins of a session that tests want for themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from app.sandbox import pakasir, telegram
from app.sandbox.server import Server

StandIn = TypeVar("StandIn", pakasir.StandIn, telegram.StandIn)


class House:
    """An address whose tenant changes: to start a server for every test would cost more than the tests."""

    url: str
    tenant: ASGIApp

    @classmethod
    @contextmanager
    def built(cls) -> Iterator[House]:
        house = cls()
        server = Server(house)
        house.url = server.url
        try:
            yield house
        finally:
            server.stop()

    @contextmanager
    def hosting(self, standin: StandIn) -> Iterator[StandIn]:
        self.tenant, standin.url = standin.asgi(), self.url
        try:
            yield standin
        finally:
            standin.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.tenant(scope, receive, send)

"""What `web` serves: wires routes to their modules, opens and closes what they share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from urllib.parse import urlsplit

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import settings
from app import addresses
from app.infra import redis_client, watchdog
from app.infra.health.services import Health
from app.infra.metrics import reporter
from app.infra.queue import wire
from app.infra.queue.backpressure import Room
from webhooks import guards, health, metrics, ops
from webhooks.pakasir import Pakasir
from webhooks.receiver import Receiver
from webhooks.telegram import Telegram

#: A loop that stands still answers nobody, nor SIGTERM.
STANDSTILL_S = 20.0


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    redis = redis_client.connect_async()
    sending = redis.client()  # keeps a connection, and asks nobody for one with each update
    open_queue(app, sending)
    app.state.health, app.state.metrics, app.state.ops = Health(redis), metrics.Text(redis), ops.Door(redis)
    async with (
        redis,
        aclosing(sending),
        app.state.health.watching(),
        reporter.reporting(reporter.Reporter("web"), redis),
        watchdog.loop_watched(STANDSTILL_S),
        app.state.ops.open(),
    ):
        yield


def open_queue(app: Starlette, redis: Redis) -> None:
    """What the receivers find in the application's state."""
    app.state.queue = wire.AsyncSender(redis)
    app.state.room = Room(redis)
    app.state.bodies = guards.Bodies()


async def refuse(_request: Request, error: Exception) -> Response:
    """Wrong path or method."""
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail.lower()}, status_code=error.status_code, headers=error.headers)


async def fail(_request: Request, _error: Exception) -> Response:
    """A bug. Starlette raises it on after the answer, and uvicorn logs it."""
    return JSONResponse({"error": "internal error"}, status_code=500)


def _only_here() -> list[Middleware]:
    """A shop whose address is this machine's own is the demo's: a name from elsewhere is a page's trick."""
    here = urlsplit(settings.current().public_url or "").hostname in addresses.LOOPBACK
    return [Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"])] if here else []


def create() -> Starlette:
    app = Starlette(
        routes=[
            Route("/webhooks/telegram", Receiver(Telegram()), methods=["POST"]),
            Route("/webhooks/pakasir", Receiver(Pakasir()), methods=["POST"]),
            Route("/health", health.show, methods=["GET"]),
            Route("/metrics", metrics.show, methods=["GET"]),
            Route("/ops", ops.show, methods=["GET", "POST"]),
            Route("/ops/{path:path}", ops.show, methods=["GET", "POST"]),
        ],
        middleware=_only_here(),
        exception_handlers={HTTPException: refuse, Exception: fail},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app

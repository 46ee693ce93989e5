"""The limit for a receiver: a Starlette endpoint that does nothing but LPUSH its body."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.infra import redis_client


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.redis = redis_client.connect_async()
    yield
    await app.state.redis.aclose()


async def _push(request: Request) -> Response:
    await request.app.state.redis.lpush("bench:bare", await request.body())
    return Response()


app = Starlette(routes=[Route("/push", _push, methods=["POST"])], lifespan=_lifespan)

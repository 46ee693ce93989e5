"""GET /metrics: every number of the deployment, for Prometheus. Asks Redis and nothing else."""

from __future__ import annotations

import asyncio
import time

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import settings
from app.infra import redis_client
from app.infra.metrics import exposition
from webhooks import guards

log = structlog.get_logger()

#: Well below the ten seconds that Prometheus waits.
ANSWER_S = 3.0
#: Whoever may ask may ask often: within a moment everybody gets the same text.
SAME_S = 1.0
AWAY = "Redis cannot be reached, and the numbers are there\n"


class Text:
    """What one process of `web` last read, and when."""

    def __init__(self, redis: Redis) -> None:
        self._redis, self._reading = redis, asyncio.Lock()
        self._content, self._read_s = b"", -SAME_S

    async def get(self) -> bytes:
        """Raises redis errors and TimeoutError."""
        async with asyncio.timeout(ANSWER_S), self._reading:
            if time.monotonic() - self._read_s >= SAME_S:
                self._content = await exposition.read(self._redis)
                self._read_s = time.monotonic()
            return self._content


async def show(request: Request) -> Response:
    if not _may_read(request):
        return PlainTextResponse(
            "wrong METRICS_TOKEN\n", status_code=401, headers={"WWW-Authenticate": "Bearer"}
        )
    text: Text = request.app.state.metrics
    try:
        return Response(await text.get(), media_type=exposition.CONTENT_TYPE)
    except (RedisError, TimeoutError) as error:
        log.warning("metrics cannot be read", error=redis_client.said(error))
        return PlainTextResponse(AWAY, status_code=503, headers={"Retry-After": "5"})


def _may_read(request: Request) -> bool:
    token = settings.current().metrics_token
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return token is None or (scheme.lower() == "bearer" and guards.same_secret(given.strip().encode(), token))

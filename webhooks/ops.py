"""/ops: the door to the ops page. It reads requests and writes answers; a thread of its own does the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import settings
from app.infra.metrics import gauges, processes, reporter
from webhooks import guards, receiver

if TYPE_CHECKING:
    from app.ops.page.http import Answer, Ask, Pulse

log = structlog.get_logger()

MOST_BYTES, MOST_FIELDS = 16 * 1024, 20
#: Whoever comes when so many wait is sent away.
MOST_WAITING = 16
PULSE_S = 1.0
#: Screens that tell what Redis knows.
WITH_PULSE = ("/ops", "/ops/jobs", "/ops/alerts")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


class Door:
    """One thread, as the database gives the page one connection. It loads what the page needs when somebody
    asks for the first time, beside the loop that receives."""

    def __init__(self, redis: Redis) -> None:
        self._redis, self._waiting = redis, 0
        self._thread = ThreadPoolExecutor(1, "ops-page", initializer=_open)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def answer(self, request: Request) -> Response:
        """Raises HTTPException."""
        if self._waiting >= MOST_WAITING:
            raise HTTPException(503, "too many ask at once", {"Retry-After": "5"})
        self._waiting += 1
        try:
            receiver.correlate(dict(request.headers.raw))
            ask = await self._read(request)
            return _written(ask, await self._run(ask))
        finally:
            self._waiting -= 1

    async def _run(self, ask: Ask) -> Answer:
        from app.ops.page import router

        context = structlog.contextvars.get_contextvars()

        def work() -> Answer:
            with structlog.contextvars.bound_contextvars(**context):
                return router.answer(ask)

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _read(self, request: Request) -> Ask:
        from app.ops.page.http import Ask

        return Ask(
            method="GET" if request.method == "HEAD" else request.method,
            path=request.url.path.rstrip("/"),
            peer=request.client.host if request.client else "",
            scheme=request.url.scheme,
            headers=_joined(request),
            query=_clean(dict(request.query_params)),
            form=await _form(request) if request.method == "POST" else {},
            cookies=request.cookies,
            pulse=await self._pulse() if request.url.path.rstrip("/") in WITH_PULSE else None,
        )

    async def _pulse(self) -> Pulse | None:
        """None while Redis is away, and soon."""
        from app.ops.page.http import Pulse

        try:
            async with asyncio.timeout(PULSE_S), self._redis.pipeline(transaction=False) as pipe:
                pipe.hgetall(reporter.key("processes"))
                gauges.ask(pipe)
                said, content, looks, now = await pipe.execute()
        except (RedisError, TimeoutError):
            return None
        return Pulse(gauges.parse(content, looks, now), processes.parse(said, now))


async def show(request: Request) -> Response:
    """Raises HTTPException: without a password there is no such page."""
    if settings.current().ops_password is None:
        raise HTTPException(404)
    door: Door = request.app.state.ops
    return await door.answer(request)


def _open() -> None:
    from app.ops.page import router

    router.connect()


def _written(ask: Ask, answer: Answer) -> Response:
    from app.ops.page import cookies

    response = Response(answer.body, answer.status, HEADERS, media_type=answer.kind)
    if answer.location:
        response.headers["Location"] = answer.location
    if answer.attachment:
        response.headers["Content-Disposition"] = f'attachment; filename="{answer.attachment}"'
    if answer.cookie is not None:
        _keep(response, ask, cookies.NAME, answer.cookie, cookies.LASTS_S if answer.cookie else 0)
    if answer.language:
        _keep(response, ask, cookies.LANGUAGE, answer.language, cookies.LANGUAGE_LASTS_S)
    return response


def _keep(response: Response, ask: Ask, name: str, value: str, lasts_s: int) -> None:
    from app.ops.page import cookies

    response.set_cookie(
        name,
        value,
        max_age=lasts_s,
        path=cookies.PATH,
        secure=ask.is_https,
        httponly=True,
        samesite="strict",
    )


def _joined(request: Request) -> dict[str, str]:
    """Headers that came more than once, as one: the last word is the nearest router's."""
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


async def _form(request: Request) -> dict[str, str]:
    """Raises HTTPException."""
    try:
        guards.announced_size(dict(request.headers.raw), MOST_BYTES)
        content = await guards.body(request.receive, MOST_BYTES)
        pairs = parse_qsl(content.decode("ascii", "replace"), True, max_num_fields=MOST_FIELDS)
    except guards.Refusal as refusal:
        raise HTTPException(refusal.status, refusal.reason) from None
    except guards.Disconnected:
        raise HTTPException(499, "went away") from None
    except ValueError:
        raise HTTPException(400, "the form cannot be read") from None
    return _clean(dict(pairs))


def _clean(found: Mapping[str, str]) -> dict[str, str]:
    """PostgreSQL keeps no NUL."""
    return {name: value.replace("\0", "") for name, value in found.items()}

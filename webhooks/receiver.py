"""The one way in for every sender: size, secret, shape, enqueue, answer. No database, no client.

A plain ASGI endpoint: Starlette's request and response objects would cost a third of the rate.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Protocol

import orjson
import structlog
from redis.exceptions import RedisError
from starlette.datastructures import State
from starlette.types import Receive, Scope, Send

from app.infra import logs, redis_client
from app.infra.metrics import counters
from app.infra.queue import lanes, wire
from webhooks import guards
from webhooks.guards import Disconnected, Headers, Refusal

log = structlog.get_logger()

RETRY_AFTER_S = 5
#: Counted where nobody waited for an answer, as others write it in their logs.
GONE = 499
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class Sender(Protocol):
    """What differs between senders. `admit` and `job` raise Refusal."""

    name: str
    received: str
    max_bytes: int

    def admit(self, headers: Headers) -> None:
        """What can be told before the body is read."""

    def job(self, headers: Headers, content: bytes) -> wire.Message:
        """Check the body's signature and shape, and say what is to be done."""


class Receiver:
    """The endpoint of one sender. Queue and room are found in the application's state."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"])
        began_s, status = time.perf_counter(), 200
        state: State = scope["app"].state
        try:
            with state.bodies.one_more() as grow:
                job = await self._accept(headers, receive, grow)
                await self._enqueue(job, state)
        except Refusal as refusal:
            correlate(headers)
            status = refusal.status
            log.warning("request refused", path=scope["path"], status=refusal.status, reason=refusal.reason)
            await _answer(send, refusal.status, {"error": refusal.reason})
        except Disconnected:
            status = GONE
            log.warning("sender went away", path=scope["path"])
        else:
            await _answer(send, 200, {"ok": True})
        took_s = time.perf_counter() - began_s
        counters.REQUESTS.labels(self._sender.name, str(status)).observe(took_s)

    async def _accept(self, headers: Headers, receive: Receive, grow: Callable[[int], None]) -> wire.Message:
        """Size, secret, room, shape. Raises Refusal."""
        announced = guards.announced_size(headers, self._sender.max_bytes)
        self._sender.admit(headers)
        grow(announced)
        content = await guards.body(receive, self._sender.max_bytes, grow)
        job = self._sender.job(headers, content)
        job["options"]["correlation_id"] = correlate(headers, job["message_id"])
        return job

    async def _enqueue(self, job: wire.Message, state: State) -> None:
        """Put it into the queue, if there is room. Raises Refusal."""
        take = state.room.take_for_hint if job["queue_name"] == lanes.WATCH else state.room.take
        try:
            if not await take(len(wire.encode(job))):
                raise Refusal(429, "no room for this now")
            new = await state.queue.send(job)
        except RedisError as error:
            log.error("the queue cannot be reached", error=redis_client.said(error))
            raise Refusal(503, "the queue cannot be reached") from None
        log.info(self._sender.received, message_id=job["message_id"], new=new)


def correlate(headers: Headers, otherwise: str | None = None) -> str:
    """Bind the id that all log lines and jobs of this request carry: the router's, if it gave one.

    Each request runs in a task, hence a context, of its own: nothing has to be unbound.
    """
    given = headers.get(b"x-request-id")
    if given and REQUEST_ID.fullmatch(given):
        correlation_id = given.decode()
    else:
        correlation_id = otherwise or logs.new_correlation_id()
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id)
    return correlation_id


async def _answer(send: Send, status: int, content: dict[str, object]) -> None:
    body = orjson.dumps(content)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    if status in {429, 503}:
        headers.append((b"retry-after", b"%d" % RETRY_AFTER_S))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

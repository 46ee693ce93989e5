"""What a client on the wire may cost `web` before anybody knows who it is: bytes, time, places.

uvicorn's protocol bounds nothing until a request is complete: neither its headers, nor how long it takes to
come, nor how many connections wait. How large a body may be is the receivers' affair, when it comes is not.
"""

from __future__ import annotations

import asyncio
import resource
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.get_logger()

#: Of one process. When all are taken, the one that has been waited for longest makes room.
MOST_CONNECTIONS = 500
#: Request line and headers; each header costs far more memory than its bytes.
MOST_HEAD_BYTES, MOST_HEADERS = 32 * 1024, 100
#: Everything of one request, read by somebody or not: a refused body need not be taken to its end.
MOST_REQUEST_BYTES = 8 * 1024 * 1024
#: Senders do not pipeline; what waits behind a request is kept in memory.
MOST_PIPELINED = 4

HEAD_S, BODY_S, ANSWER_S, IDLE_S = 10.0, 10.0, 30.0, 5
#: How late a deadline may be noticed.
LOOK_EVERY_S = 1.0

REFUSAL = "HTTP/1.1 {} {}\r\nconnection: close\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n"


@lru_cache(maxsize=1)
def room() -> int:
    """Connections that this process takes: half of the files it may open are left for all else."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST_CONNECTIONS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // 2)


class Connection(HttpToolsProtocol):
    """One client. A request is *coming* from its first byte to its last, *in hand* until it is answered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._refused = self._in_body = False
        self._head_bytes = self._headers = self._request_bytes = 0
        self._since = self.loop.time()
        self._coming_until: float | None = self._since + HEAD_S
        self._in_hand_until: float | None = None
        self._timer = self.loop.call_later(LOOK_EVERY_S, self._look)
        if len(self.connections) > room():
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._coming_until is None:
            self._begin()
        self._request_bytes += len(data)
        super().data_received(data)
        if not self._in_body and self._request_bytes > MOST_HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._request_bytes > MOST_REQUEST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def on_message_begin(self) -> None:
        if self._refused:
            return
        if self._coming_until is None:
            self._begin()
        self._head_bytes = self._headers = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count_head(url)
        if not self._refused:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Of the head, or behind a chunked body."""
        self._headers += 1
        self._count_head(name + value)
        if not self._refused:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= MOST_PIPELINED:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS)
        if self._refused:
            return
        now = self.loop.time()
        self._in_body, self._coming_until = True, now + BODY_S
        if self._in_hand_until is None:
            self._in_hand_until = now + ANSWER_S
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._refused:
            return
        self._in_body, self._coming_until, self._request_bytes = False, None, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        self._in_hand_until = self._since + ANSWER_S if self.pipeline else None
        super().on_response_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Who asks for another protocol is answered in this one; that is no news."""

    def _begin(self) -> None:
        self._since = self.loop.time()
        self._coming_until = self._since + HEAD_S

    def _count_head(self, part: bytes) -> None:
        self._head_bytes += len(part)
        if self._head_bytes > MOST_HEAD_BYTES or self._headers > MOST_HEADERS:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer if nothing else is being answered, and read no further."""
        if self._refused:
            return
        log.warning("connection refused", status=int(status), reason=status.phrase.lower())
        self._end(status)

    def _end(self, status: HTTPStatus) -> None:
        self._refused = True
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(REFUSAL.format(int(status), status.phrase).encode())
        self.transport.close()
        self._timer.cancel()
        self._timer = self.loop.call_later(LOOK_EVERY_S, self.transport.abort)  # who does not read either

    def _make_room(self) -> None:
        """For this one, at the cost of the one that has been waited for longest; else it gets no place."""
        others: Any = self.connections - {self}
        waited_for = [one for one in others if one._is_waited_for]
        if waited_for:
            min(waited_for, key=lambda one: one._since).transport.abort()
        else:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    @property
    def _is_waited_for(self) -> bool:
        return self._coming_until is not None or self._in_hand_until is None

    def _look(self) -> None:
        """Cut what is past its time; who is idle is closed by uvicorn, or here when that does not end."""
        now = self.loop.time()
        until = [at for at in (self._coming_until, self._in_hand_until) if at is not None]
        if now < min(until, default=self._since + IDLE_S + LOOK_EVERY_S):
            self._timer = self.loop.call_later(LOOK_EVERY_S, self._look)
        elif self._request_bytes:
            self._end(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.abort()

"""HTTP/1.1 in the thread that asks, on connections that are kept for the next call.

httpx takes ten times the processor time of a call, and an event loop beside the threads hands every one over
twice. No proxies, no redirects, no cookies, no compression. What is raised tells no address.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httptools

from app.infra import call_hooks, web_calls

AT_ONCE = 65_536
#: Of an answer, before its content.
LONGEST_HEAD = 64 * 1024
#: Idle connections that are kept to a server.
KEPT = 16


class Failed(Exception):
    """No answer: what was asked may have been done."""


class NotConnected(Failed):
    """Nothing was asked."""


class TimedOut(Failed):
    """The time was over first."""


class NobodyThere(NotConnected, TimedOut):
    """Not even a connection in its time."""


class TooLong(Failed):
    """The answer is longer than the caller takes."""


@dataclass(frozen=True)
class Answer:
    status: int
    #: By their names in small letters.
    headers: Mapping[str, str]
    body: bytes


class Server:
    """One server, by its base URL. Thread-safe.

    `connect_s`: for its name, its addresses and its certificate together. `kept_s`: how long an idle
    connection is used again.
    """

    def __init__(
        self,
        base_url: str,
        *,
        connect_s: float,
        kept_s: float,
        trusted: Callable[[], ssl.SSLContext] = web_calls.certificates,
    ) -> None:
        parts = urlsplit(base_url)
        self._host, self._prefix = parts.hostname or "", parts.path.rstrip("/")
        self._tls = trusted() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._connect_s, self._kept_s = connect_s, kept_s
        self._fixed = (
            f"Host: {parts.netloc.rpartition('@')[2]}\r\nUser-Agent: QuickCart\r\n"
            "Accept: */*\r\nAccept-Encoding: identity\r\n"
        )
        self._last: object = None
        #: Connections and when each was let go, the latest last.
        self._idle: deque[tuple[socket.socket, float]] = deque()

    def begin(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        timeout_s: float,
        longest: int,
    ) -> Exchange:
        """Ask; `path` is quoted. All of it, the answer included, may take `timeout_s`, and of an answer's
        content at most so many bytes are taken. Raises Failed."""
        deadline_s = time.monotonic() + timeout_s
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        length = f"Content-Length: {len(body)}\r\n" if body or method != "GET" else ""
        head = f"{method} {self._prefix}{path} HTTP/1.1\r\n{self._fixed}{more}{length}\r\n"
        call_hooks.begin()
        line = self._idle_one() or self._connect(min(deadline_s, time.monotonic() + self._connect_s))
        exchange = Exchange(self, line, deadline_s, longest)
        exchange.send(head.encode("ascii") + body)
        return exchange

    def close(self) -> None:
        """Let go of what is idle."""
        with suppress(IndexError):
            while True:
                self._idle.pop()[0].close()

    def keep(self, line: socket.socket) -> None:
        """For the next call, in the place of what nobody needed for long."""
        now_s = time.monotonic()
        self._idle.append((line, now_s))
        with suppress(IndexError):  # other threads take some
            while len(self._idle) > KEPT or now_s - self._idle[0][1] > self._kept_s:
                self._idle.popleft()[0].close()

    def _idle_one(self) -> socket.socket | None:
        """The one that was used last, unless the server has closed it or said something unasked."""
        with suppress(IndexError):
            while True:
                line, let_go_s = self._idle.pop()
                if time.monotonic() - let_go_s < self._kept_s and not call_hooks.is_readable(line):
                    return line
                line.close()
        return None

    def _connect(self, deadline_s: float) -> socket.socket:
        try:
            line = self._dialed(deadline_s)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return self._vouched(line, deadline_s) if self._tls else line
        except TimeoutError:
            raise NobodyThere("no connection in time") from None
        except (OSError, UnicodeError) as error:
            raise NotConnected(type(error).__name__) from None

    def _dialed(self, deadline_s: float) -> socket.socket:
        """To one of its addresses; each gets its share of the time. The one that took us last comes first: an
        address that swallows everything would slow every connection."""
        addresses = _resolved(self._host, self._port, _left_s(deadline_s))
        addresses.sort(key=lambda each: each[4] != self._last)
        error: OSError = ConnectionError()
        for place, (family, kind, protocol, _, address) in enumerate(addresses):
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(_left_s(deadline_s) / (len(addresses) - place))
                line.connect(address)
            except OSError as refused:
                line.close()
                error = refused
            else:
                self._last = address
                return line
        raise error

    def _vouched(self, line: socket.socket, deadline_s: float) -> socket.socket:
        """Its certificate seen. Who drags that out, byte by byte, is hung up on."""
        assert self._tls
        line.settimeout(_left_s(deadline_s))
        over = threading.Timer(_left_s(deadline_s), _hang_up, args=[line])
        over.daemon = True
        over.start()
        try:
            return self._tls.wrap_socket(line, server_hostname=self._host)
        except BaseException:
            line.close()
            raise
        finally:
            over.cancel()


class Exchange:
    """A call that is under way."""

    def __init__(self, server: Server, line: socket.socket, deadline_s: float, longest: int) -> None:
        self._server, self._line = server, line
        self._deadline_s, self._longest = deadline_s, longest

    def send(self, request: bytes) -> None:
        try:
            self._line.settimeout(_left_s(self._deadline_s))
            # Who hangs up before all is said has perhaps answered already.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._line.sendall(request)
        except OSError as error:
            raise self._failed(error) from None
        except BaseException:
            self._line.close()
            raise

    def end(self) -> Answer:
        """Wait for the answer. Raises Failed."""
        reader = _Reader()
        try:
            while not reader.is_complete:
                self._line.settimeout(_left_s(self._deadline_s))
                reader.feed(self._line.recv(AT_ONCE))
                if reader.is_longer_than(self._longest):
                    raise TooLong(f"more than {self._longest} bytes")
        except (OSError, httptools.HttpParserError) as error:
            raise self._failed(error) from None
        finally:
            # Whatever interrupted this, the rest of the answer would be taken for the next one's.
            self._server.keep(self._line) if reader.leaves_line() else self._line.close()
        return reader.answer()

    def abort(self) -> None:
        """Whoever waits for the end, in whatever thread, waits no more."""
        _hang_up(self._line)

    def _failed(self, error: Exception) -> Failed:
        self._line.close()
        return (TimedOut if isinstance(error, TimeoutError) else Failed)(type(error).__name__)


class _Reader:
    """What the parser tells of one answer."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self._received = 0
        self._status, self.is_complete, self._has_more, self._leaves_line = 0, False, False, False

    def feed(self, data: bytes) -> None:
        """No data: the other side hung up. Raises ConnectionError, HttpParserError."""
        self._received += len(data)
        if data:
            self._parser.feed_data(data)
        elif self._status and not {"content-length", "transfer-encoding"} & self._headers.keys():
            self.is_complete = True  # it had not said how much would come
        else:
            raise ConnectionError

    def on_message_begin(self) -> None:
        self._has_more = self.is_complete

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.is_complete:
            self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        if not self.is_complete:
            self._status = self._parser.get_status_code()

    def on_body(self, data: bytes) -> None:
        if not self.is_complete:
            self._body += data

    def on_message_complete(self) -> None:
        if self.is_complete:
            return
        if self._status >= 200:
            self.is_complete, self._leaves_line = True, self._parser.should_keep_alive()
        else:  # 100 to 103 only announce it
            self._headers, self._status = {}, 0

    def is_longer_than(self, most_bytes: int) -> bool:
        return len(self._body) > most_bytes or self._received > most_bytes + LONGEST_HEAD

    def leaves_line(self) -> bool:
        """Whether the connection is good for another call."""
        return self._leaves_line and not self._has_more

    def answer(self) -> Answer:
        del self._parser  # they hold each other
        return Answer(self._status, self._headers, bytes(self._body))


def _left_s(deadline_s: float) -> float:
    """Raises TimeoutError when it is over."""
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # of TLS, too, without a word to the other side


def _resolved(host: str, port: int, within_s: float) -> list[Any]:
    """A name server may take its time, and nothing ends that: then nobody waits for its word any more."""
    found: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return found.result(within_s)

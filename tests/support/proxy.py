"""A TCP proxy before a server of the test, which can fall silent: bytes are taken, and none come out."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qs, urlsplit

#: PostgreSQL says its process, and how to cancel there; a pooler says something of its own.
SERVER, ANOTHER = re.compile(rb"K\x00\x00\x00\x0c.{4}", re.DOTALL), b"K\x00\x00\x00\x0c\x7f\xff\xff\xff"

DRIP_S = 0.2


@dataclass
class _Line:
    """One connection through the proxy."""

    near: socket.socket
    far: socket.socket
    sent: bytearray = field(default_factory=bytearray)
    silent: threading.Event = field(default_factory=threading.Event)
    dripping: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    is_pooled: bool = False

    def open(self) -> None:
        for source, target, kept in ((self.near, self.far, self.sent), (self.far, self.near, bytearray())):
            threading.Thread(target=self._pump, args=(source, target, kept), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, kept: bytearray) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self.silent.is_set():
                    self.over.wait()
                kept += data
                if self.dripping.is_set() and source is self.far:
                    self._drip(data)
                    continue
                target.sendall(SERVER.sub(ANOTHER, data) if self.is_pooled else data)
        if not self.silent.is_set():
            self.close()

    def _drip(self, data: bytes) -> None:
        """A byte now and then, as long as somebody listens: no wait for the next one is ever long."""
        for byte in data:
            if self.over.wait(DRIP_S):
                return
            self.near.sendall(bytes([byte]))

    def close(self) -> None:
        self.over.set()
        for end in (self.near, self.far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Proxy:
    """Listens on a port of its own until the `with` block ends; `address` is that of the server behind."""

    def __init__(self, address: tuple[str, int] | str) -> None:
        self._address = address
        #: New connections end at once, as if nobody were there.
        self.is_away = False
        #: New connections name another process than the one that answers, as behind PgBouncer.
        self.is_pooler = False
        self._lines: list[_Line] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @classmethod
    def before_postgres(cls, url: str) -> tuple[Self, str]:
        """A proxy before the embedded PostgreSQL of `url`, and the address that leads through it."""
        parts = urlsplit(url)
        proxy = cls(f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432")
        return proxy, f"postgresql://{parts.username}@127.0.0.1:{proxy.port}{parts.path}"

    @classmethod
    def before_redis(cls, url: str) -> tuple[Self, str]:
        parts = urlsplit(url)
        proxy = cls((parts.hostname, parts.port or 6379) if parts.hostname else parts.path)
        return proxy, f"redis://127.0.0.1:{proxy.port}/0"

    @property
    def sent(self) -> list[bytes]:
        """What each client has sent so far."""
        return [bytes(line.sent) for line in self._lines]

    def fall_silent(self) -> None:
        """On the connections that are open; new ones work."""
        for line in self._lines:
            line.silent.set()

    def drip(self) -> None:
        """Answers on the connections that are open come byte by byte; those of new ones as they should."""
        for line in self._lines:
            line.dripping.set()

    def hang_up(self) -> None:
        for line in self._lines:
            line.close()

    def lead_to(self, address: tuple[str, int] | str) -> None:
        """New connections go elsewhere; open ones stay where they are."""
        self._address = address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.is_away:
                    near.close()
                    continue
                line = _Line(near, self._dial(), is_pooled=self.is_pooler)
                self._lines.append(line)
                line.open()

    def _dial(self) -> socket.socket:
        if isinstance(self._address, str):
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._address)
            return far
        return socket.create_connection(self._address)

"""Load over plain sockets: a client library would cost more than the receiver that is measured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlsplit


def request(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """The bytes of one keep-alive POST."""
    parts = urlsplit(url)
    lines = [f"POST {parts.path} HTTP/1.1", f"Host: {parts.netloc}", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def rate(url: str, requests: Iterator[bytes], count: int, connections: int = 32) -> float:
    """Requests answered with 200 in a second, over so many connections. Raises if one was refused."""
    return asyncio.run(_rate(url, requests, count, connections))


async def _rate(url: str, requests: Iterator[bytes], count: int, connections: int) -> float:
    shares = [count // connections] * connections
    started = time.perf_counter()
    await asyncio.gather(*(_send(url, requests, share) for share in shares))
    return sum(shares) / (time.perf_counter() - started)


async def dial(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    return await asyncio.open_connection(parts.hostname or "", parts.port or 80)


async def _send(url: str, requests: Iterator[bytes], count: int) -> None:
    reader, writer = await dial(url)
    for _ in range(count):
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"refused: {head!r}")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await reader.readexactly(int(length or 0))
    writer.close()

"""One call to a web server, bounded as a whole in time and size: httpx times each step, not their sum, and a
server may say one byte a second, or gigabytes."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx

#: No answer that anybody waits for is longer.
LONGEST = 1024 * 1024
#: What a connection may take of the time.
CONNECTING = 0.5


class TooLong(httpx.HTTPError):
    """More than anybody wants to read."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: httpx.Headers
    body: bytes


@lru_cache(maxsize=1)
def certificates() -> ssl.SSLContext:
    """Those that our own HTTPS calls trust. Read once a process, which takes longer than a call: 25 ms."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def client(**how: Any) -> httpx.AsyncClient:
    """Only settings.py reads the environment, so httpx must not look for proxies there either."""
    return httpx.AsyncClient(verify=certificates(), trust_env=False, **how)


async def send(
    http: httpx.AsyncClient, method: str, url: str, timeout_s: float, longest: int = LONGEST, **what: Any
) -> Answer:
    """Raises httpx errors, whose texts may name the address."""
    request = http.build_request(
        method, url, timeout=httpx.Timeout(timeout_s, connect=timeout_s * CONNECTING), **what
    )
    try:
        async with asyncio.timeout(timeout_s):
            response = await http.send(request, stream=True)
            try:
                return Answer(response.status_code, response.headers, await _read(response, longest))
            finally:
                await response.aclose()
    except TimeoutError:
        raise httpx.ReadTimeout("no whole answer in time") from None


async def _read(response: httpx.Response, longest: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > longest:
            raise TooLong("the answer is too long")
    return bytes(body)


def once(method: str, url: str, timeout_s: float, **what: Any) -> Answer:
    """The same from a thread, on a connection of its own."""
    return asyncio.run(_once(method, url, timeout_s, **what))


async def _once(method: str, url: str, timeout_s: float, **what: Any) -> Answer:
    async with client() as http:
        return await send(http, method, url, timeout_s, **what)

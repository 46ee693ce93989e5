"""Lets nobody into the demo but this machine's own programs and the demo's own pages.

A page of anywhere, open in the same browser, can reach loopback too: by a name of its own that resolves to
127.0.0.1, by a form, by a picture. It cannot hide where it comes from.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.addresses import LOOPBACK

log = structlog.get_logger()

#: Sec-Fetch-Site of the demo's own pages, and of an address typed by hand or opened from the terminal.
OURS = {"same-origin", "none"}


class Doorman:
    """Wraps an application. Who links to a page may: that only shows it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (stranger := _stranger(scope["method"], Headers(scope=scope))):
            log.warning("a stranger was turned away", by=stranger)
            answer = PlainTextResponse("This demo is for this machine alone.\n", status_code=403)
            return await answer(scope, receive, send)
        return await self._app(scope, receive, send)


def _stranger(method: str, headers: Headers) -> str | None:
    """The header that gives a stranger away."""
    host, origin = headers.get("host", ""), headers.get("origin")
    if _split(f"//{host}").hostname not in LOOPBACK:
        return "host"
    if origin is not None and _split(origin).netloc != host:
        return "origin"
    is_a_link = method == "GET" and headers.get("sec-fetch-dest") == "document"
    if headers.get("sec-fetch-site", "none") not in OURS and not is_a_link:
        return "sec-fetch-site"
    return None


def _split(url: str) -> SplitResult:
    """What is no address is nobody's."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")

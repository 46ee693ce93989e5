"""What the demo has instead of the internet: Telegram with its browser chat and Pakasir, on one port."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

from app.sandbox import chat, pakasir, prepared, telegram
from app.sandbox.chat.feed import Trail
from app.sandbox.server import Server

_uvicorn = logging.getLogger("uvicorn.error")


@dataclass(frozen=True)
class Sandbox:
    """The running stand-ins; `trail` shows a log line of the shop beside the chat, `begin` is for when it is
    open."""

    url: str
    trail: Callable[[dict[str, Any]], None]
    settings: dict[str, str]
    prepared: prepared.Prepared
    begin: Callable[[], None]


@contextmanager
def running(
    folder: Path,
    secrets: dict[str, str],
    port: int,
    public_url: str,
    links: Sequence[tuple[str, str]] = (),
) -> Iterator[Sandbox]:
    """Serve from background threads. `settings` of the result lead the shop's processes here.

    `links` (label, address) stand in the chat's menu.
    """
    with ExitStack() as stack:
        messenger = telegram.StandIn(secrets["TELEGRAM_BOT_TOKEN"], path=folder / "telegram.sqlite")
        stack.callback(messenger.close)
        gateway = pakasir.StandIn(
            "quickcart-demo",
            secrets["PAKASIR_API_KEY"],
            secrets["PAKASIR_WEBHOOK_SECRET"],
            f"{public_url}/webhooks/pakasir",
            path=folder / "pakasir.sqlite",
            shop_expiry_s=600,
        )
        stack.callback(gateway.close)
        trail = Trail()
        routes = [
            Mount("/telegram", messenger.asgi()),
            Mount("/pakasir", gateway.asgi()),
            *chat.routes(messenger, trail, links=links, gateway=gateway),
        ]
        server = Server(Starlette(routes=routes), port)
        stack.callback(_uvicorn.setLevel, _uvicorn.level)
        stack.callback(server.stop)
        # Browsers that follow the chat end with the demo; uvicorn would show a traceback for each.
        stack.callback(_uvicorn.setLevel, logging.CRITICAL)
        messenger.url, gateway.url = f"{server.url}/telegram", f"{server.url}/pakasir"
        known = prepared.fill(messenger, gateway)
        yield Sandbox(
            server.url,
            trail.push,
            _settings(messenger.url, gateway.url),
            known,
            partial(prepared.begin, messenger),
        )


def _settings(telegram_url: str, pakasir_url: str) -> dict[str, str]:
    return {
        "TELEGRAM_API_URL": telegram_url,
        "PAKASIR_PROJECT": "quickcart-demo",
        "PAKASIR_BASE_URL": pakasir_url,
        "PAKASIR_PUBLIC_URL": pakasir_url,
        "PAKASIR_SANDBOX": "1",
    }

"""The chat in the browser: a page to be a buyer, a reseller or an admin, and to see what happens inside.

It shows the stand-in Telegram and acts in it; it knows nothing of the shop but what its logs say.
"""

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from app.sandbox.chat import people, view
from app.sandbox.chat.actions import Actions, guarded
from app.sandbox.chat.events import Narrator
from app.sandbox.chat.feed import Feed, Json, Trail
from app.sandbox.pakasir import StandIn as Gateway
from app.sandbox.telegram import StandIn

STATIC = Path(__file__).parent / "static"
HEARTBEAT_S = 15
SHOWN_INLINE = {"photo", "sticker"}


def routes(
    standin: StandIn, trail: Trail, *, links: Sequence[tuple[str, str]] = (), gateway: Gateway | None = None
) -> list[BaseRoute]:
    """The page at `/` and what it needs under `/chat`. `links` (label, address) stand in its menu, and beside
    Telegram's faults those of `gateway`."""
    page = Page(standin, trail, links, gateway)
    people.add_all(standin)
    actions = Actions(standin, gateway)
    posts = {
        "send": actions.send,
        "press": actions.press,
        "tap": actions.tap,
        "people": actions.add_person,
        "block": actions.block,
        "faults": actions.fault,
        "gateway": actions.switch,
    }
    return [
        Route("/", page.index),
        Route("/chat/state", page.state),
        Route("/chat/events", page.events),
        Route("/chat/files/{file_id}", page.file),
        *[Route(f"/chat/{name}", guarded(do), methods=["POST"]) for name, do in posts.items()],
        Mount("/chat/static", StaticFiles(directory=STATIC)),
    ]


class Page:
    """What the page reads."""

    def __init__(
        self, standin: StandIn, trail: Trail, links: Sequence[tuple[str, str]], gateway: Gateway | None
    ) -> None:
        self.standin, self.trail, self.links, self.gateway = standin, trail, links, gateway
        self.feed = Narrator(standin, trail).feed

    async def index(self, _: Request) -> Response:
        """The page itself."""
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def state(self, _: Request) -> Response:
        """Everything, and the number of the event to go on from."""
        with self.standin.state.lock:
            body = view.state(self.standin) | {"last": self.feed.last}
        body["gateway"] = view.switches(self.gateway) if self.gateway else []
        return JSONResponse(body | {"links": [{"label": label, "url": url} for label, url in self.links]})

    async def events(self, request: Request) -> Response:
        """Server-sent events: `chat` after ?chat=n, and `trail` after ?trail=n."""
        numbers = {name: int(request.query_params.get(name, 0)) for name in ("chat", "trail")}
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(numbers), media_type="text/event-stream", headers=headers)

    async def file(self, request: Request) -> Response:
        """A photo or sticker to show, a document to download."""
        file = self.standin.state.files.get(request.path_params["file_id"])
        if file is None:
            return Response(status_code=404)
        content = self.standin.state.store.content(file.id)
        if file.kind in SHOWN_INLINE:
            kind = mimetypes.guess_type(file.name)[0] or file.mime
            safe = kind if kind.startswith("image/") and "svg" not in kind else "image/png"
            return Response(content, media_type=safe, headers={"Cache-Control": "max-age=86400"})
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            content, media_type="application/octet-stream", headers={"Content-Disposition": disposition}
        )

    async def _stream(self, numbers: dict[str, int]) -> AsyncIterator[bytes]:
        feeds: dict[str, Feed] = {"chat": self.feed, "trail": self.trail}
        reader = asyncio.Event()
        for feed in feeds.values():
            feed.attach(reader)
        try:
            for name, feed in feeds.items():
                if numbers[name] > feed.last:  # the sandbox was started anew, the page remembers an older one
                    numbers[name] = 0
                    yield _event("chat", 0, {"kind": "reload"})
            while True:
                reader.clear()
                for name, feed in feeds.items():
                    for number, event in feed.after(numbers[name]):
                        numbers[name] = number
                        yield _event(name, number, event)
                yield b": still here\n\n"
                await _heard(reader)
        finally:
            for feed in feeds.values():
                feed.detach(reader)


async def _heard(reader: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(reader.wait(), HEARTBEAT_S)
    except TimeoutError:
        return


def _event(name: str, number: int, event: Json) -> bytes:
    body = orjson.dumps({"n": number} | event, default=str)
    return b"event: " + name.encode() + b"\ndata: " + body + b"\n\n"

"""A Bot API that costs next to nothing, in a process of its own: `python -m tests.bench.peer.quick PORT`.

The stand-in checks all that Telegram checks, which takes more processor than the shop does: where as many
updates as possible are to be handled, it would be what is measured. This one answers everything with
success, and reads as little as it can: two processes of the shop share their two cores with it, where the
peer leaves it one of its own. A line `URL SECRET COUNT` on its input has it push so many presses there, a few
at a time, each following the screen of another; it writes how many were served in a second, and how many
never were.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from asyncio import Transport
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvloop

from tests.bench import chat, load
from tests.bench.peer.driving import IN_FLIGHT, LOST_S

#: People who press in turn: nobody may press more than 30 times a minute.
FIRST, PEOPLE = 200_000, 600
SCREEN = "editMessageText"
MESSAGE = {"message_id": 1, "date": 1_800_000_000, "chat": {"id": FIRST, "type": "private"}, "text": "…"}
ANSWERS: dict[str, object] = {
    "getMe": {"id": 100000001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
    "getWebhookInfo": {"url": "", "pending_update_count": 0},
    "sendMessage": MESSAGE,
    SCREEN: MESSAGE,
}


def _answer(result: object) -> bytes:
    body = orjson.dumps({"ok": True, "result": result})
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


WRITTEN = {method: _answer(result) for method, result in ANSWERS.items()}
DONE = _answer(True)


class Line(asyncio.Protocol):
    """One connection: tells each request, or answer, as soon as all of it is there."""

    def __init__(self, hear: Callable[[Transport, bytes], None]) -> None:
        self._hear, self._data = hear, b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while length := _length(self._data):
            whole, self._data = self._data[:length], self._data[length:]
            self._hear(self.transport, whole)


def _length(data: bytes) -> int:
    """Of the first request or answer in it, with its body; 0 while some of that is missing."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return 0
    said = data[:end].lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
    length = end + 4 + int(said or 0)
    return length if length <= len(data) else 0


class Messenger:
    """Answers the shop's calls, and presses: the first few at once, then one for each screen."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1_500_000_000)
        #: In turn, so that none rests until the shop closes it.
        self._free: deque[Transport] = deque()
        self._requests: Iterator[bytes] = iter(())
        self._count = self._due = self._served = 0
        self._last_s = 0.0
        self._over = asyncio.Event()

    def answer(self, line: Transport, request: bytes) -> None:
        """A call of the shop's."""
        method = request.split(b" ", 2)[1].rsplit(b"/", 1)[1].decode()
        line.write(WRITTEN.get(method, DONE))
        if method == SCREEN:
            self._show()

    async def press(self, url: str, secret: str, count: int) -> tuple[float, int]:
        """Presses served in a second, until the last screen that came, and how many were lost."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        self._requests = (load.request(url, orjson.dumps(_press(each)), headers) for each in self._numbers)
        lines = [await self._dial(url) for _ in range(IN_FLIGHT // 2)]
        self._free, self._over = deque(lines), asyncio.Event()
        self._count, self._served = count, 0
        self._due = min(IN_FLIGHT, count)
        began_s = self._last_s = time.perf_counter()
        self._push()
        while self._served < count and time.perf_counter() - self._last_s < LOST_S:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), LOST_S / 5)
        for line in lines:
            line.close()
        took_s = self._last_s - began_s
        return (self._served / took_s if self._served else 0.0), count - self._served

    async def _dial(self, url: str) -> Transport:
        parts, loop = urlsplit(url), asyncio.get_running_loop()
        host, port = parts.hostname or "", parts.port or 80
        line, _ = await loop.create_connection(lambda: Line(self._let_go), host, port)
        return line

    def _let_go(self, line: Transport, _answer: bytes) -> None:
        """What was pushed there is in good hands."""
        self._free.append(line)
        self._push()

    def _show(self) -> None:
        """Somebody has their screen, and another presses."""
        self._served, self._last_s = self._served + 1, time.perf_counter()
        if self._served + IN_FLIGHT <= self._count:
            self._due += 1
            self._push()
        if self._served == self._count:
            self._over.set()

    def _push(self) -> None:
        while self._due and self._free:
            self._due -= 1
            self._free.popleft().write(next(self._requests))


def _press(number: int) -> dict[str, object]:
    who = {"id": FIRST + number % PEOPLE, "is_bot": False, "first_name": "Buyer"}
    there = MESSAGE | {"chat": {"id": who["id"], "type": "private", "first_name": "Buyer"}}
    data = f"product:{chat.PRODUCT}:{number // PEOPLE % 3 + 1}"
    query = {"id": str(number), "from": who, "message": there, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


async def main(port: int) -> None:
    messenger, loop = Messenger(), asyncio.get_running_loop()
    await loop.create_server(lambda: Line(messenger.answer), "127.0.0.1", port)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        url, secret, count = line.split()
        print(*await messenger.press(url, secret, int(count)), flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))

"""A Bot API that costs next to nothing, in a process of its own: `python -m tests.bench.peer.quick PORT`.

The stand-in checks all that Telegram checks, which takes more processor than the shop does: where as many
updates as possible are to be handled, it would be what is measured. This one answers everything with
success. A line `URL SECRET COUNT` on its input has it push so many presses there, a few at a time, each
following the screen of another; it writes how many were served in a second, and how many never were.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

import orjson

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


class Messenger:
    def __init__(self) -> None:
        self.screens: asyncio.Queue[None] = asyncio.Queue()
        self._numbers = itertools.count(1_500_000_000)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Calls of one connection."""
        with suppress(asyncio.CancelledError):  # the process ends; streams would show a traceback for each
            while head := await _head(reader):
                method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1].decode()
                body = orjson.dumps({"ok": True, "result": ANSWERS.get(method, True)})
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
                if method == SCREEN:
                    self.screens.put_nowait(None)

    async def press(self, url: str, secret: str, count: int) -> tuple[float, int]:
        """Presses served in a second, until the last screen that came, and how many were lost."""
        waiting: asyncio.Queue[None] = asyncio.Queue()
        self.screens = asyncio.Queue()  # without those that came too late for who pressed before
        pushers = [asyncio.create_task(self._push(url, secret, waiting)) for _ in range(IN_FLIGHT // 2)]
        for _ in range(min(IN_FLIGHT, count)):
            waiting.put_nowait(None)
        started = last = time.perf_counter()
        served = 0
        while served < count and await self._is_served():
            served, last = served + 1, time.perf_counter()
            if served + IN_FLIGHT <= count:
                waiting.put_nowait(None)
        for pusher in pushers:
            pusher.cancel()
        return (served / (last - started) if served else 0.0), count - served

    async def _is_served(self) -> bool:
        """False after a silence: what is still under way has been lost."""
        try:
            async with asyncio.timeout(LOST_S):
                await self.screens.get()
        except TimeoutError:
            return False
        return True

    async def _push(self, url: str, secret: str, waiting: asyncio.Queue[None]) -> None:
        reader, writer = await load.dial(url)
        while True:
            await waiting.get()
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            writer.write(load.request(url, orjson.dumps(_press(next(self._numbers))), headers))
            await _head(reader)


def _press(number: int) -> dict[str, object]:
    who = {"id": FIRST + number % PEOPLE, "is_bot": False, "first_name": "Buyer"}
    there = MESSAGE | {"chat": {"id": who["id"], "type": "private", "first_name": "Buyer"}}
    data = f"product:{chat.PRODUCT}:{number // PEOPLE % 3 + 1}"
    query = {"id": str(number), "from": who, "message": there, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


async def _head(reader: StreamReader) -> bytes:
    """Request or answer up to its body, which is read as well; b"" at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await reader.readexactly(int(length or 0))
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""
    return head


async def main(port: int) -> None:
    messenger, loop = Messenger(), asyncio.get_running_loop()
    await asyncio.start_server(messenger.serve, "127.0.0.1", port)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        url, secret, count = line.split()
        print(*await messenger.press(url, secret, int(count)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))

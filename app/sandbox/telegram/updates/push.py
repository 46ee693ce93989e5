"""Pushes updates to the webhook: in order for each chat, several chats at once, again until taken."""

import asyncio
import threading
import time
from typing import Any

import httpx

from app.infra import background, web_calls
from app.sandbox import clock
from app.sandbox.telegram.params import Json
from app.sandbox.telegram.state import State
from app.sandbox.telegram.updates.queue import Pending, Updates

TIMEOUT_S = 30.0
LONGEST_RETRY_S = 60.0
WAKING = {"update", "webhook"}
#: What is said of a planned fault, and how soon that is tried again.
REFUSED, AGAIN_S = "Connection refused", "3"


class Pusher:
    """A thread with its own loop, started when there is first something to push."""

    def __init__(self, state: State, updates: Updates, retry_s: float) -> None:
        self.state, self.updates, self.retry_s = state, updates, retry_s
        self.loop: clock.Loop | None = None
        self.thread: threading.Thread | None = None
        self.wake = asyncio.Event()
        self.stopping = False
        state.listen(self._heard)
        self.start_if_needed()

    def start_if_needed(self) -> None:
        """Run from the moment a webhook is set, or was set before a restart."""
        if self.updates.webhook.url and self.thread is None and not self.stopping:
            self.loop = clock.Loop()
            self.thread = threading.Thread(target=self._work, args=(self.loop,), name="pusher", daemon=True)
            self.thread.start()

    def stop(self) -> None:
        """End the thread; what is not delivered stays pending."""
        self.stopping = True
        if self.loop and self.thread:
            self.loop.call_soon_threadsafe(self.wake.set)
            self.thread.join(timeout=5)

    def _heard(self, event: Json) -> None:
        if event["kind"] in WAKING:
            self.start_if_needed()
            if self.loop and not self.loop.is_closed():
                self.loop.call_soon_threadsafe(self.wake.set)

    def _work(self, loop: clock.Loop) -> None:
        loop.run_until_complete(self._push_all())
        loop.close()

    async def _push_all(self) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        running: set[asyncio.Task[None]] = set()
        async with httpx.AsyncClient(
            timeout=TIMEOUT_S, limits=limits, trust_env=False, verify=web_calls.certificates()
        ) as client:
            while not self.stopping:
                self.wake.clear()
                for update in self._claim():
                    task = asyncio.ensure_future(self._push(client, update))
                    running.add(task)
                    task.add_done_callback(running.discard)
                await self._wait()
            await background.end(running)

    async def _wait(self) -> None:
        with self.state.lock:
            due_s = self.updates.next_due_s()
        try:
            await asyncio.wait_for(self.wake.wait(), due_s)
        except TimeoutError:
            return

    def _claim(self) -> list[Pending]:
        with self.state.lock:
            ready = self.updates.ready() if self.updates.webhook.url else []
            for update in ready:
                self.updates.in_flight[update.id] = update
            return ready

    async def _push(self, client: httpx.AsyncClient, update: Pending) -> None:
        try:
            reason, wait = await self._answer(client, update)
        finally:
            self.updates.in_flight.pop(update.id, None)
        self._settle(update, reason, wait)
        self.wake.set()

    async def _answer(self, client: httpx.AsyncClient, update: Pending) -> tuple[str, str]:
        """Why it was not taken, and in how many seconds to try again; both empty when it was."""
        if self.updates.faults.take("deliver"):
            return REFUSED, AGAIN_S
        webhook = self.updates.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            answer = await client.post(webhook.url, json=update.body, headers=headers)
        except httpx.HTTPError as error:
            return _reason(error), ""
        if answer.is_success:
            return "", ""
        said = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        return said, answer.headers.get("Retry-After", "")

    def _settle(self, update: Pending, reason: str, wait: str) -> None:
        with self.state.lock:
            if not reason:
                self._taken(update)
                return
            update.failures += 1
            grown = min(self.retry_s * 2 ** (update.failures - 1), LONGEST_RETRY_S)
            self.updates.delay(update, float(wait) if wait.isdigit() else grown)
            webhook: Any = self.updates.webhook
            webhook.last_error, webhook.last_error_at = reason, int(time.time())
            self.state.tell("push_failed", update_id=update.id, reason=reason)

    def _taken(self, update: Pending) -> None:
        update.copies -= 1
        if update.copies <= 0:
            self.updates.confirm([update.id])


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "Connection timed out"
    return REFUSED if isinstance(error, httpx.ConnectError) else "Connection closed"

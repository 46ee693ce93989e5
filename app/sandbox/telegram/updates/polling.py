"""`getUpdates`: long polling by exactly one poller, and only while no webhook is set."""

import asyncio
from typing import Any

from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.refusals import conflict
from app.sandbox.telegram.state import State
from app.sandbox.telegram.updates.queue import Updates

MAX_WAIT_S = 50
MAX_UPDATES = 100
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Polling:
    """The newest poller wins; the one before it is told to go."""

    def __init__(self, state: State, updates: Updates) -> None:
        self.state, self.updates = state, updates

    async def get_updates(self, params: Params) -> list[Json]:
        """https://core.telegram.org/bots/api#getupdates"""
        number = self._begin(params)
        offset = params.integer("offset")
        limit = min(max(params.integer("limit", MAX_UPDATES), 1), MAX_UPDATES)
        loop = asyncio.get_running_loop()
        until = loop.time() + min(params.integer("timeout"), MAX_WAIT_S)
        changed = asyncio.Event()
        stop = self.state.listen(lambda _: _set(loop, changed))
        try:
            while True:
                changed.clear()
                self._check(number)
                found = self.updates.take(offset, limit)
                left = until - loop.time()
                if found or left <= 0:
                    return found
                await _wait(changed, self._nap(left))
        finally:
            stop()

    def _begin(self, params: Params) -> int:
        with self.state.lock:
            if self.updates.webhook.url:
                raise conflict(ACTIVE)
            allowed = params.parsed("allowed_updates")
            if allowed is not None:
                self.updates.webhook.allowed = [str(each) for each in allowed]
                self.updates.keep()
            self.updates.poll += 1
            self.state.tell("poll")
            return self.updates.poll

    def _check(self, number: int) -> None:
        if self.updates.webhook.url:
            raise conflict("terminated by setWebhook request")
        if self.updates.poll != number:
            raise conflict(TERMINATED)

    def _nap(self, left_s: float) -> float:
        due_s = self.updates.next_due_s()
        return left_s if due_s is None else min(left_s, due_s)


def _set(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> Any:
    if not loop.is_closed():
        loop.call_soon_threadsafe(event.set)


async def _wait(event: asyncio.Event, timeout_s: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), timeout_s)
    except TimeoutError:
        return

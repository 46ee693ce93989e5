"""Whether Redis may take more from outside. What is promised inside comes first: workers empty the queue, and
for that they need memory, too."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from typing import Any

import redis.asyncio

from app.infra import redis_client
from app.infra.queue import lanes

#: A share of the memory, a little below the 80 % at which operators are told.
FULL = 0.75
#: A look is cheap, but not as cheap as a job.
LOOK_EVERY_S = 0.25
#: For so long the last look holds while the next is under way: nobody waits for that. What this process puts
#: there meanwhile it counts, and there is room left for what others do.
BELIEVED_S = 2.0

#: Hints that anybody may have sent: how many a second, how many at once, and how many may wait.
HINTS_PER_S, HINTS_AT_ONCE, HINTS_WAITING = 20, 50, 200


def left(memory: Mapping[str, Any]) -> int:
    """Bytes until Redis counts as full, by its INFO MEMORY; negative past it.

    Where no limit is set, the machine's memory is one: past it the system kills.
    """
    return int(limit(memory) * FULL) - int(memory["used_memory"])


def limit(memory: Mapping[str, Any]) -> int:
    return int(memory["maxmemory"] or memory["total_system_memory"])


def used_share(memory: Mapping[str, Any]) -> float:
    return int(memory["used_memory"]) / limit(memory)


class Room:
    """Of one event loop. Looks when it is asked, at most four times a second, and counts meanwhile."""

    def __init__(self, client: redis.asyncio.Redis) -> None:
        self._client: Any = client
        self._left = self._waiting = 0
        self._looked_at_s: float | None = None
        self._looking: asyncio.Task[None] | None = None
        self._hints, self._counted_at_s = float(HINTS_AT_ONCE), 0.0

    async def take(self, size: int) -> bool:
        """Whether a job of so many bytes fits. Raises redis errors."""
        await self._look()
        if size > self._left:
            return False
        self._left -= size
        return True

    async def take_for_hint(self, size: int) -> bool:
        """The same for one of the hints in the watch queue, which must not fill it. Raises redis errors."""
        if not self._is_quiet() or not await self.take(size) or self._waiting >= HINTS_WAITING:
            return False
        self._waiting += 1
        return True

    def _is_quiet(self) -> bool:
        now_s = asyncio.get_running_loop().time()
        grown = self._hints + (now_s - self._counted_at_s) * HINTS_PER_S
        self._hints, self._counted_at_s = min(grown, HINTS_AT_ONCE), now_s
        if self._hints < 1:
            return False
        self._hints -= 1
        return True

    async def _look(self) -> None:
        now_s = asyncio.get_running_loop().time()
        age_s = math.inf if self._looked_at_s is None else now_s - self._looked_at_s
        if age_s < LOOK_EVERY_S:
            return
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._see(now_s))
            self._looking.add_done_callback(lambda task: task.cancelled() or task.exception())
        if age_s >= BELIEVED_S:
            await asyncio.shield(self._looking)

    async def _see(self, now_s: float) -> None:
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.info("memory")
            pipe.hlen(redis_client.key(f"{lanes.WATCH}.msgs"))
            memory, self._waiting = await pipe.execute()
        self._left, self._looked_at_s = left(memory), now_s

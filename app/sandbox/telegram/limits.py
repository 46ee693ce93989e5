"""Telegram's flood control: 30 messages/s in all, 1/s a chat with a burst, 20 a minute a group."""

import math
from collections import deque
from dataclasses import dataclass, field

from app.sandbox import clock
from app.sandbox.telegram import refusals

OVERALL_RATE = 30.0
CHAT_RATE, CHAT_BURST = 1.0, 20.0
GROUP_LIMIT, GROUP_WINDOW_S = 20, 60.0


@dataclass
class Bucket:
    """Refills steadily; empty means wait."""

    rate: float
    size: float
    level: float = field(init=False)
    at: float = field(default_factory=clock.monotonic)

    def __post_init__(self) -> None:
        self.level = self.size

    def wait_s(self, now: float) -> float:
        """How long until one more fits."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.rate)


class FloodControl:
    """Refuses with 429 and `retry_after`; whoever was refused stays refused for that long."""

    def __init__(self) -> None:
        self.overall = Bucket(OVERALL_RATE, OVERALL_RATE)
        self.chats: dict[int, Bucket] = {}
        self.groups: dict[int, deque[float]] = {}
        self.closed_until: dict[int, float] = {}

    def take(self, chat_id: int, is_group: bool) -> None:
        """Count one message to a chat, or refuse it."""
        now = clock.monotonic()
        self._check_penalty(chat_id, now)
        bucket = self.chats.setdefault(chat_id, Bucket(CHAT_RATE, CHAT_BURST))
        recent = self._recent(chat_id, now) if is_group else deque()
        full = len(recent) >= GROUP_LIMIT
        wait = max(bucket.wait_s(now), recent[0] + GROUP_WINDOW_S - now if full else 0.0)
        if wait > 0:
            self._refuse(chat_id, now, wait)
        if self.overall.wait_s(now) > 0:
            self._refuse(0, now, self.overall.wait_s(now))
        bucket.level -= 1
        self.overall.level -= 1
        recent.append(now)

    def _recent(self, chat_id: int, now: float) -> deque[float]:
        recent = self.groups.setdefault(chat_id, deque())
        while recent and recent[0] <= now - GROUP_WINDOW_S:
            recent.popleft()
        return recent

    def _check_penalty(self, chat_id: int, now: float) -> None:
        until = max(self.closed_until.get(chat_id, 0.0), self.closed_until.get(0, 0.0))
        if until > now:
            raise refusals.flood(math.ceil(until - now))

    def _refuse(self, chat_id: int, now: float, wait_s: float) -> None:
        retry_after_s = max(1, math.ceil(wait_s))
        self.closed_until[chat_id] = now + retry_after_s  # chat 0 stands for all of them
        raise refusals.flood(retry_after_s)


class NoFloodControl(FloodControl):
    """Everything goes through; for measurements of other things."""

    def take(self, chat_id: int, is_group: bool) -> None:
        """Nothing is counted."""

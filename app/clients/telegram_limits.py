"""Room for Bot API calls, shared by all processes through Redis. Knows Telegram's limits, not its calls."""

from __future__ import annotations

import redis
import structlog

from app.errors import Flood, Unreachable
from app.infra import limits

log = structlog.get_logger()

# Telegram allows 30 messages a second in all, about one a second to a chat (short bursts are fine) and 20
# a minute to a group. In its first period a bucket lets through its rate plus its burst: the sum counts.
ALL = limits.Rate("telegram:messages", count=25, burst=5, line=True)
# Edits, deletions and answers are not counted by Telegram, but must wait when it asked for a pause.
CALLS = limits.Rate("telegram:calls", count=1000, burst=1000, line=True)


def _chat(chat_id: int) -> limits.Rate:
    if chat_id < 0:
        return limits.Rate(f"telegram:group:{chat_id}", count=15, period_s=60, burst=5, line=True)
    return limits.Rate(f"telegram:chat:{chat_id}", count=1, burst=5, line=True)


def take(chat_id: int | None, *, message: bool) -> None:
    """Room for one call, or Flood with the seconds to wait; then nothing was taken.

    `message`: whether it adds a message to the chat. In groups every call that names the chat counts.
    """
    rates = [CALLS]
    if message:
        rates.append(ALL)
    if chat_id is not None and (message or chat_id < 0):
        rates.append(_chat(chat_id))
    try:
        wait_s = limits.take(*rates)
    except redis.RedisError as error:
        raise Unreachable(f"no limiter: {type(error).__name__}", delivered="no") from error
    if wait_s:
        raise Flood(wait_s)


def pause(seconds: float) -> None:
    """Telegram said 429: nobody calls for so long."""
    log.warning("telegram asked for a pause", seconds=seconds)
    try:
        limits.pause(CALLS.key, seconds)
    except redis.RedisError as error:
        log.warning("the pause could not be shared", error=type(error).__name__)

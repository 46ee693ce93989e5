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
# Broadcasts get at most 20 of the 30, rate and burst together. They also leave the common bucket fuller than
# others may: whoever else has something to send finds room at once, and the broadcast waits. They wait in a
# line of their own, in front of nobody.
BULK = limits.Rate("telegram:bulk", count=18, burst=2, line=True)
REST = limits.Rate(ALL.key, count=ALL.count, burst=2)
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
    _take(rates)


def take_bulk() -> None:
    """Room for one message of a broadcast, to whomever: one more in a chat does no harm. Or Flood."""
    _take([CALLS, REST, BULK])


def _take(rates: list[limits.Rate]) -> None:
    try:
        wait_s = limits.take(*rates)
    except redis.RedisError as error:
        raise Unreachable(f"no limiter: {type(error).__name__}", delivered="no") from error
    if wait_s:
        raise Flood(wait_s)


def pause(seconds: float) -> None:
    """Telegram said 429: nobody calls for so long."""
    log.warning("telegram asked for a pause", seconds=seconds)
    _pause(CALLS, seconds)


def pause_bulk(seconds: float) -> None:
    """Telegram does not answer: broadcasts wait for so long, others go on trying."""
    _pause(BULK, seconds)


def _pause(rate: limits.Rate, seconds: float) -> None:
    try:
        limits.pause(rate.key, seconds)
    except redis.RedisError as error:
        log.warning("the pause could not be shared", error=type(error).__name__)

"""Room for Bot API calls, shared by all processes through Redis. Knows Telegram's limits, not its calls."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import redis
import structlog

from app.errors import Flood, Unreachable
from app.infra import limits, redis_client
from app.infra.queue import lanes

log = structlog.get_logger()

# Telegram allows 30 messages a second in all, about one a second to a chat (short bursts are fine) and 20
# a minute to a group. In its first period a bucket lets through its rate plus its burst: the sum counts.
ALL = limits.Rate("telegram:messages", count=25, burst=5, line=True)
# Screens leave the common bucket fuller than money and goods may: those find room at once, and the screen
# waits. Each waits in a line of its own, in front of nobody else.
PRESSED = limits.Rate(ALL.key, count=ALL.count, burst=4, line=True, lane=":pressed")
SCREENS = limits.Rate(ALL.key, count=ALL.count, burst=3, line=True, lane=":screens")
# What goes to many gets at most 20 of the 30, rate and burst together, and leaves the bucket fuller still.
BULK = limits.Rate("telegram:bulk", count=18, burst=2, line=True)
REST = limits.Rate(ALL.key, count=ALL.count, burst=2)
# Edits, deletions and answers are not counted by Telegram, but must wait when it asked for a pause.
CALLS = limits.Rate("telegram:calls", count=1000, burst=1000, line=True)
# Menus and the like wait for nobody, and nobody for them.
MENUS = limits.Rate("telegram:menus", count=20, burst=20, line=True)

# Calls about the bot itself: a pause that Telegram asks for there is about nothing else.
ABOUT_THE_BOT = {
    "setMyCommands", "deleteMyCommands", "setMyDescription", "getMyDescription", "setMyShortDescription",
    "getMyShortDescription", "setWebhook", "deleteWebhook", "getWebhookInfo",
}  # fmt: skip

#: For so long a call that found room says that another, which takes none, may go out as well.
FRESH_S = 0.25

#: Everyone waits at most so long, whatever Telegram asks for; then single calls probe whether it is over.
LONGEST_FOR_ALL_S = 30.0
PROBE_S = 3.0
#: Two chats that hear a 429 within so long: it was not about the chats.
TOGETHER_S = 10.0


@dataclass
class _Last:
    """When a call of this process last found room."""

    granted_s: float = -math.inf


_last = _Last()
_needs_no_room: ContextVar[bool] = ContextVar("needs_no_room", default=False)


def _chat(chat_id: int) -> limits.Rate:
    """Also here goods find room that the person's own screens leave, and so do QRs and notices: their chat
    alone waits for these."""
    lane = "" if _is_urgent(lanes.current()) else f":{lanes.current()}"
    if chat_id < 0:
        return limits.Rate(f"telegram:group:{chat_id}", count=15, period_s=60, burst=5, line=True, lane=lane)
    return limits.Rate(f"telegram:chat:{chat_id}", count=1, burst=5 if lane else 7, line=True, lane=lane)


def _is_urgent(lane: str | None) -> bool:
    """Whether the call is for money or goods, or for nobody's job: then it waits behind no other."""
    return lane not in {lanes.PRESSED, lanes.DEFAULT, lanes.BULK}


def _messages() -> list[limits.Rate]:
    """Room for one more message, by the queue of the job that sends it, or whom the job yields to."""
    lane = lanes.room()
    if _is_urgent(lane):
        return [ALL]
    if lane == lanes.BULK:
        return [REST, BULK]
    return [PRESSED if lane == lanes.PRESSED else SCREENS]


def _hold(chat_id: int) -> limits.Rate:
    """What every call to a chat passes, so that the chat alone can pause."""
    return limits.Rate(f"telegram:hold:{chat_id}", count=1000, burst=1000)


def take(chat_id: int | None, *, message: bool) -> None:
    """Room for one call, or Flood with the seconds to wait; then nothing was taken.

    `message`: whether it adds a message to the chat. In groups every call that names the chat counts.
    """
    rates = [CALLS]
    if chat_id is not None:
        rates.append(_hold(chat_id))
    if message:
        rates += _messages()
    if chat_id is not None and (message or chat_id < 0):
        rates.append(_chat(chat_id))
    _take(rates)


def take_for_answer() -> None:
    """Room to answer a press, which counts nowhere and only waits where everyone does. Whether they do was
    asked a moment ago, if calls are many. Or Flood."""
    if time.monotonic() - _last.granted_s > FRESH_S:
        _take([CALLS])


def take_bulk() -> None:
    """Room for one message of a broadcast, to whomever: one more in a chat does no harm. Or Flood."""
    _take([CALLS, REST, BULK])


@contextmanager
def needing_no_room() -> Iterator[None]:
    """While Redis is away nobody else sends, and calls made inside go out as if there were room."""
    turn = _needs_no_room.set(True)
    try:
        yield
    finally:
        _needs_no_room.reset(turn)


def _take(rates: list[limits.Rate]) -> None:
    try:
        wait_s = limits.take(*rates)
    except redis.RedisError as error:
        if _needs_no_room.get():
            return
        raise Unreachable(f"no limiter: {redis_client.said(error)}", delivered="no") from error
    _last.granted_s = -math.inf if wait_s else time.monotonic()
    if wait_s:
        raise Flood(wait_s)


def take_menu() -> None:
    """Room for a call about the bot itself, or Flood."""
    _take([CALLS, MENUS])


def throttled(seconds: float, chat_id: int | None) -> None:
    """Telegram said 429: the chat pauses. Everyone does when no chat was named, when another chat heard the
    same a moment ago, or when the call was to probe whether the pause of everyone is over."""
    _last.granted_s = -math.inf
    with _sharing():
        everyone_s = _for_everyone(seconds, chat_id)
        log.warning("telegram asked for a pause", seconds=seconds, chat_id=chat_id, everyone_s=everyone_s)
        if chat_id is not None:
            limits.pause(_hold(chat_id).key, seconds)
        if everyone_s:
            limits.pause(CALLS.key, everyone_s, probe_s=PROBE_S)


def _for_everyone(seconds: float, chat_id: int | None) -> float:
    """How long everyone pauses: not much longer than the other chat was told, as the rest is this one's own.

    Two processes at the same moment may both miss each other: the next 429 will not.
    """
    longest = min(seconds, LONGEST_FOR_ALL_S)
    if chat_id is None:
        return longest
    if other_s := _another_told("telegram:throttled", seconds, chat_id):
        return min(longest, 2 * other_s)
    return longest if limits.is_probed(CALLS.key) else 0.0


def _another_told(where: str, seconds: float, chat_id: int) -> float:
    """How long another chat was told to wait a moment ago; 0.0 when none was."""
    before = limits.former(where, f"{chat_id} {seconds}", TOGETHER_S) or ""
    other, _, other_s = before.partition(" ")
    return float(other_s) if other and other != str(chat_id) else 0.0


def throttled_in_bulk(seconds: float, chat_id: int) -> None:
    """The same to a broadcast: the chat pauses, and broadcasts when another chat heard the same just now."""
    with _sharing():
        limits.pause(_hold(chat_id).key, seconds)
        if other_s := _another_told("telegram:throttled:bulk", seconds, chat_id):
            limits.pause(BULK.key, min(seconds, 2 * other_s))


def bulk_rests() -> bool:
    """Whether broadcasts pause now. Also when that cannot be known: then they do not go on either."""
    try:
        return limits.is_paused(BULK.key)
    except redis.RedisError:
        return True


def pause_chat(seconds: float, chat_id: int) -> None:
    """One chat has a pace of its own."""
    with _sharing():
        limits.pause(_hold(chat_id).key, seconds)


def pause_menus(seconds: float) -> None:
    """The same to a call about the bot itself: no goods wait for that."""
    with _sharing():
        limits.pause(MENUS.key, seconds)


def pause_bulk(seconds: float) -> None:
    """Telegram does not answer: broadcasts wait for so long, others go on trying."""
    with _sharing():
        limits.pause(BULK.key, seconds)


@contextmanager
def _sharing() -> Iterator[None]:
    try:
        yield
    except redis.RedisError as error:
        log.warning("the pause could not be shared", error=redis_client.said(error))


def heed(seconds: float, method: str, chat_id: int | None, *, bulk: bool) -> None:
    """Telegram asked for a pause: who has to make it?"""
    if method in ABOUT_THE_BOT:
        pause_menus(seconds)
    elif chat_id is not None and (bulk or lanes.current() == lanes.BULK):
        throttled_in_bulk(seconds, chat_id)
    else:
        throttled(seconds, chat_id)

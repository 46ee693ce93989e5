"""Limits that every process shares, kept in Redis: rates for calls to others, counts for what people do.

Knows no API and no user: callers name their keys. Raises redis errors when Redis cannot be reached.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.errors import TooFast
from app.infra import redis_client

# GCRA: a key holds the moment (in µs) at which it would be idle again. A call moves that moment one interval
# further and is granted unless it would then lie more than `burst` intervals ahead. Redis' own clock counts,
# so workers on several machines agree. Either all keys move, or none.
#
# Whoever is refused by a rate with a line is told a moment of their own, one interval after the last who was:
# a hundred waiting jobs then come back one by one instead of all at once. The line holds nobody's place, so a
# call that finds room goes ahead of it. Who is refused by several rates stands only in the line that keeps
# them longest: fifty notices to one chat would else send everybody behind the last of them.
#
# Whoever yields is refused as long as another line is there; `:yet` says that one of them found room all the
# same not long ago.
#
# Should somebody set that clock back, what was written before lies further ahead than anything can: it is cut
# to what is possible, or nobody would be granted anything until the clock is there again.
#
# All of this also works while Redis is full: without limits nothing is sent, and then nothing empties it.
TAKE = """#!lua flags=allow-oom
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local longest = tonumber(ARGV[1])
local function left_of(key, most)
    local ms = redis.call('PTTL', key)
    if most and ms > most then redis.call('PEXPIRE', key, most) end
    return math.min(ms, most or ms) * 1000
end
local function others_wait(rate)
    local pause, line = KEYS[5 * rate - 3], KEYS[5 * rate - 2]
    local yet = ARGV[4 * rate + 1] ~= '0' and redis.call('EXISTS', line .. ':yet') == 0
    local left = 0
    for i = 5 * rate - 1, 5 * rate do
        if KEYS[i] ~= pause and not yet then left = math.max(left, left_of(KEYS[i], longest / 500)) end
    end
    return left
end
local wait, idle_at, own = 0, {}, {}
for i = 1, #KEYS / 5 do
    local key, pause = KEYS[5 * i - 4], KEYS[5 * i - 3]
    local interval, burst = tonumber(ARGV[4 * i - 2]), tonumber(ARGV[4 * i - 1])
    local idle = math.min(tonumber(redis.call('GET', key) or 0), now + interval * (2 * burst + 1))
    idle_at[i] = math.max(idle, now) + interval
    local full, others = idle_at[i] - interval * burst - now, others_wait(i)
    local paused = left_of(pause, tonumber(redis.call('GET', pause) or nil))
    if full > 0 or others > 0 then own[i] = now + math.max(full, others, paused) end
    wait = math.max(wait, full, others, paused)
end
if wait <= 0 then
    for i = 1, #KEYS / 5 do
        local left = math.ceil((idle_at[i] - now) / 1000)
        redis.call('SET', KEYS[5 * i - 4], string.format('%.0f', idle_at[i]), 'PX', left)
        local pause, yet_ms = KEYS[5 * i - 3], ARGV[4 * i + 1]
        if redis.call('EXISTS', pause .. ':probe') == 1 then redis.call('SET', pause, 1000, 'PX', 1000) end
        if yet_ms ~= '0' then redis.call('SET', KEYS[5 * i - 2] .. ':yet', '', 'PX', yet_ms) end
    end
    return 0
end
local told = now + wait
for i = 1, #KEYS / 5 do
    if ARGV[4 * i] == '1' and own[i] then
        own[i] = math.max(own[i], math.min(tonumber(redis.call('GET', KEYS[5 * i - 2]) or 0), now + longest))
        told = math.max(told, own[i])
    end
end
for i = 1, #KEYS / 5 do
    local interval = tonumber(ARGV[4 * i - 2])
    if ARGV[4 * i] == '1' and own[i] == told then
        local left = math.ceil((told + interval - now) / 1000)
        redis.call('SET', KEYS[5 * i - 2], string.format('%.0f', told + interval), 'PX', left)
    end
end
return math.ceil(told - now)
"""

# After a pause that is to be probed, one call a second goes out until the probe is over.
PAUSE = """#!lua flags=allow-oom
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[1]) end
if ARGV[2] ~= '0' then redis.call('SET', KEYS[1] .. ':probe', '', 'PX', ARGV[1] + ARGV[2]) end
"""

COUNT = """#!lua flags=allow-oom
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 or left > tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count
"""


@dataclass(frozen=True)
class Rate:
    """`count` calls in `period_s` seconds for a key, evenly spread; `burst` of them may come at once.

    `line`: those who are refused are told different moments, instead of all the next one. Rates of one key
    may have lines of their own, by `lane`: whoever waits in one is in front of nobody in another.
    `longest_line_s`: nobody is sent further back in it, since those before may never return.
    `yields_to`: nothing is granted while anybody waits in the lines of these names, two at most; but with
    `yet_every_s`, one call in so many seconds looks for room as if they did not: nobody waits for ever.
    """

    key: str
    count: int
    period_s: float = 1.0
    burst: int = 1
    line: bool = False
    longest_line_s: float = 60.0
    lane: str = ""
    yields_to: tuple[str, ...] = ()
    yet_every_s: float = 0.0

    @property
    def line_name(self) -> str:
        return self.key + self.lane


class Verdict(Enum):
    """What to do with a person's action: refuse politely the first time, then say nothing."""

    ALLOWED = "allowed"
    FIRST_REFUSAL = "first_refusal"
    REFUSED = "refused"


@dataclass(frozen=True)
class Quota:
    """So many actions of a kind in a window that opens with the first of them."""

    most: int
    window_s: float = 60.0


USER_QUOTAS = {
    "actions": Quota(30),
    "checkout": Quota(5),
    "status": Quota(5),
    "message": Quota(5),
    "export": Quota(2, window_s=600.0),
    "forget": Quota(2, window_s=3600.0),
    # Each is an audit event, which nothing ever takes away again.
    "goods": Quota(15, window_s=600.0),
    "language": Quota(10, window_s=3600.0),
}


def take(*rates: Rate) -> float:
    """Take one call from every rate: 0.0 when granted, else the seconds to wait, and nothing was taken."""
    keys = [name for rate in rates for name in _keys(rate)]
    args = [value for rate in rates for value in _args(rate)]
    longest_s = min(rate.longest_line_s for rate in rates)
    wait_us: int = redis_client.script(TAKE)(keys=keys, args=[round(longest_s * 1e6), *args])
    return math.ceil(wait_us / 1000) / 1000


def _keys(rate: Rate) -> list[str]:
    """Five, as the script expects them; the pause stands for a line that there is not."""
    pause_key = _pause_key(rate.key)
    before = [_line_key(name) for name in rate.yields_to]
    return [_key(rate.key), pause_key, _line_key(rate.line_name), *before, pause_key, pause_key][:5]


def _args(rate: Rate) -> list[int]:
    interval_us = round(rate.period_s / rate.count * 1e6)
    return [interval_us, rate.burst, int(rate.line), round(rate.yet_every_s * 1000)]


def pause(key: str, seconds: float, *, probe_s: float = 0.0) -> None:
    """Grant nothing on this key for so long, in any process. A longer pause that is under way stays.

    After it, for `probe_s` seconds, one call a second shows whether the other side listens again.
    """
    ms = [max(1, math.ceil(seconds * 1000)), math.ceil(probe_s * 1000)]
    redis_client.script(PAUSE)(keys=[_pause_key(key)], args=ms)


def is_paused(key: str) -> bool:
    return bool(redis_client.shared().exists(_pause_key(key)))


def is_probed(key: str) -> bool:
    """Whether a pause with a probe is not over yet."""
    return bool(redis_client.shared().exists(f"{_pause_key(key)}:probe"))


def former(key: str, value: str, seconds: float) -> str | None:
    """Remember a value for so long; the one that was remembered until now."""
    before: Any = redis_client.shared().set(_key(key), value, px=math.ceil(seconds * 1000), get=True)
    return before.decode() if before else None


def count(kind: str, who: int) -> Verdict:
    """Count one action of a person against the quota of its kind, a name in USER_QUOTAS."""
    quota = USER_QUOTAS[kind]
    key = _key(f"user:{kind}:{who}")
    actions: int = redis_client.script(COUNT)(keys=[key], args=[math.ceil(quota.window_s * 1000)])
    if actions <= quota.most:
        return Verdict.ALLOWED
    return Verdict.FIRST_REFUSAL if actions == quota.most + 1 else Verdict.REFUSED


def spend(kind: str, who: int) -> None:
    """As `count`. Raises TooFast."""
    verdict = count(kind, who)
    if verdict is not Verdict.ALLOWED:
        raise TooFast(kind, told=verdict is Verdict.REFUSED)


def _key(name: str) -> str:
    return redis_client.key("limit", name)


def _pause_key(name: str) -> str:
    return redis_client.key("limit", name, "pause")


def _line_key(name: str) -> str:
    return redis_client.key("limit", name, "line")

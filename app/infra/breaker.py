"""A shared breaker: when another system is silent, calls to it fail at once instead of holding a thread each.

Kept in Redis, so that one process learns from another. Knows no API; raises redis errors.
"""

from __future__ import annotations

from app.infra import redis_client

#: So many calls in a row without an answer, and the next ones are not made.
SILENCES = 3
#: After each of them that many seconds of rest; then one call at a time finds out whether it is over.
REST_S = 5.0
#: A system that nobody has called for so long is not known to be silent.
FORGET_S = 120.0

# KEYS: count, turn. ARGV: how many silences, ms that a probe may take (0: never probe). Answers how many
# silences there were, or -1 when the call must not be made.
ADMIT = """#!lua flags=allow-oom
local silences = tonumber(redis.call('GET', KEYS[1]) or 0)
if silences < tonumber(ARGV[1]) then return silences end
if ARGV[2] == '0' then return -1 end
return redis.call('SET', KEYS[2], 'probe', 'NX', 'PX', ARGV[2]) and silences or -1
"""

# KEYS: count, turn. ARGV: how many silences, ms to remember, ms to rest (0: not at all). Answers how many
# there were.
SILENT = """#!lua flags=allow-oom
local silences = redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if ARGV[3] ~= '0' and silences >= tonumber(ARGV[1]) then redis.call('SET', KEYS[2], 'rest', 'PX', ARGV[3]) end
return silences
"""


class Breaker:
    """Of one system. Ask `admit` before a call, and say afterwards how it went."""

    def __init__(self, name: str, longest_s: float) -> None:
        """`longest_s`: a probe that has said nothing for so long is taken for dead."""
        self._name = name
        self._probe_ms = int(longest_s * 1000)

    def admit(self, *, probes: bool = True) -> int | None:
        """How many calls in a row were not answered; None when this one must not be made.

        `probes`: whether it may be the one that finds out.
        """
        probe_ms = self._probe_ms if probes else 0
        silences: int = redis_client.script(ADMIT)(keys=self._keys(), args=[SILENCES, probe_ms])
        return None if silences < 0 else silences

    def answered(self) -> None:
        """The system is there, whatever it said."""
        redis_client.shared().delete(*self._keys())

    def silent(self, *, proves: bool = True) -> bool:
        """No answer came. True when from now on calls rest.

        `proves`: whether it waited long enough. Else the next ones only go one at a time, to find out.
        """
        remember = [int(FORGET_S * 1000), int(REST_S * 1000) if proves else 0]
        silences: int = redis_client.script(SILENT)(keys=self._keys(), args=[SILENCES, *remember])
        return silences == SILENCES

    def not_made(self) -> None:
        """The call was admitted and not made: another one may probe."""
        redis_client.shared().delete(self._keys()[1])

    def _keys(self) -> list[str]:
        return [redis_client.key("breaker", self._name, part) for part in ("silences", "turn")]

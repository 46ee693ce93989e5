"""What was counted in the last minutes, or None where that is unknown: Redis has lost some of it, or nobody
was there to count. Unknown is neither good nor bad.

By name and labels of `counters.MINUTE_LABELS`. The minute that runs is the last one and not over yet; what a
process counted in the last five seconds may be missing there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import orjson

from app.infra import redis_client
from app.infra.metrics import counters, reporter

Minute = dict[tuple[str, ...], float]


def total(name: str, minutes: int, **labels: str | Iterable[str]) -> float | None:
    """How many there were. A label takes one value or several. Raises redis errors."""
    counted = by_minute(name, minutes, **labels)
    return None if counted is None else sum(counted)


def by_minute(name: str, minutes: int, **labels: str | Iterable[str]) -> list[float] | None:
    """The same for each minute, the oldest first. Raises redis errors."""
    known = _read(minutes)
    if known is None:
        return None
    return [sum(_matching(minute, name, labels).values()) for minute in known]


def quantile(name: str, share: float, minutes: int, **labels: str | Iterable[str]) -> float | None:
    """Seconds within which that share of them ended, as Prometheus reckons it (between two bounds in
    proportion); None also when there were none. Raises redis errors."""
    known = _read(minutes)
    buckets: dict[float, float] = defaultdict(float)
    for minute in known or []:
        for bound, amount in _matching(minute, name, labels).items():
            buckets[bound] += amount
    return of_buckets(buckets, share)


def of_buckets(buckets: dict[float, float], share: float) -> float | None:
    """`buckets`: how many ended within each bound and not within the one before."""
    rank = sum(buckets.values()) * share
    if not rank:
        return None
    below, passed = 0.0, 0.0
    for bound in counters.BUCKETS_S:
        amount = buckets.get(bound, 0.0)
        if passed + amount >= rank:
            return below + (bound - below) * (rank - passed) / amount
        below, passed = bound, passed + amount
    return below


def _matching(minute: Minute, name: str, labels: dict[str, Any]) -> dict[float, float]:
    """By upper bound; under 0 where the minutes keep none."""
    kept = counters.MINUTE_LABELS[name]
    wanted = {kept.index(label): _several(values) for label, values in labels.items()}
    found: dict[float, float] = defaultdict(float)
    for (family, *values), amount in minute.items():
        if family == name and all(values[at] in allowed for at, allowed in wanted.items()):
            found[float(values[len(kept)]) if len(values) > len(kept) else 0.0] += amount
    return found


def _several(values: str | Iterable[str]) -> set[str]:
    return {values} if isinstance(values, str) else set(values)


def _read(minutes: int) -> list[Minute] | None:
    """The minutes' numbers; None when one of them is not there, or began with an emptied Redis."""
    client: Any = redis_client.shared()
    this = client.time()[0] // 60
    wanted = range(this - minutes + 1, this + 1)
    with client.pipeline(transaction=False) as pipe:
        pipe.hget(reporter.key("totals"), reporter.SINCE)
        for minute in wanted:
            pipe.hgetall(reporter.key("minute", str(minute)))
        since, *counted = pipe.execute()
    beaten = all(reporter.BEAT.encode() in minute for minute in counted[:-1])
    if since is None or not beaten or int(since) // 60 >= wanted[0]:
        return None
    return [_parse(minute) for minute in counted]


def _parse(minute: dict[bytes, bytes]) -> Minute:
    return {
        tuple(orjson.loads(field)): float(amount)
        for field, amount in minute.items()
        if field != reporter.BEAT.encode()
    }

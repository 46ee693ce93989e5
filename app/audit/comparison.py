"""Compares the events that are here and in the audit database, where both have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.audit import archive, lookup
from app.audit.lookup import Found
from app.audit.pruning import pruned
from app.audit.shipping import PAYLOAD
from app.infra import stored
from models import db

#: Sums of a 256th of the events, by the first digits of their names: where they agree, nothing is looked at.
_SUMS = """
SELECT left(source::text, 2), count(*), sum(('x' || left(md5(payload), 15))::bit(60)::bigint)
FROM ({events}) AS events
GROUP BY 1
"""
_HERE = """
SELECT source, id, action, entity, shipped_at, {payload} AS payload FROM audit_event
WHERE source IS NOT NULL AND at >= %(since)s
""".replace("{payload}", PAYLOAD)
_THERE = "SELECT source, seq, action, entity, payload FROM audit_chain WHERE at >= %(since)s"
_SHIPPED = " AND shipped_at IS NOT NULL"
_BUCKET = " AND left(source::text, 2) = ANY(%(buckets)s)"
_DIGESTS_HERE = (
    "SELECT source, id, action, entity, md5(payload), shipped_at IS NOT NULL FROM ({events}) AS events"
)
_DIGESTS_THERE = "SELECT source, seq, action, entity, md5(payload) FROM ({events}) AS events"

_ACCEPTED = "audit_lost_accepted"


@dataclass(frozen=True)
class Difference:
    """`what` is CHANGED or UNKNOWN (shipped, but not there), of event `number`; or LOST, of row `number`."""

    what: str
    number: int
    action: str
    entity: str


CHANGED, UNKNOWN, LOST = "changed", "unknown", "lost"


def differences(connection: archive.Connection, head: int) -> list[Difference]:
    """Of events that were not pruned.

    `head` is the row up to which the open transaction sees the shop to have shipped. What is behind it may
    only be newer than that: it is not LOST, and neither is what was accepted as such.
    """
    values: dict[str, Any] = {"since": pruned().until}
    here = _sums(db.execute_sql(_SUMS.replace("{events}", _HERE + _SHIPPED), values))
    there = _sums(connection.execute(_SUMS.replace("{events}", _THERE).encode(), values))
    buckets = [name for name in here.keys() | there.keys() if here.get(name) != there.get(name)]
    return list(_in_buckets(connection, head, values | {"buckets": buckets})) if buckets else []


def lost(connection: archive.Connection, head: int, actions: Sequence[str]) -> list[Found]:
    """Events of these kinds up to row `head` that are there, and not here, though they were not pruned."""
    found = differences(connection, head)
    rows = [one.number for one in found if one.what == LOST and one.action in actions]
    return lookup.rows(connection, rows)


def accept_lost(head: int) -> None:
    """Whatever the audit database knows up to row `head` and this shop does not, it was restored without."""
    stored.put(_ACCEPTED, head)


def _sums(cursor: Any) -> dict[str, tuple[int, int]]:
    return {bucket: (count, total) for bucket, count, total in cursor.fetchall()}


def _in_buckets(connection: archive.Connection, head: int, values: dict[str, Any]) -> Iterator[Difference]:
    rows = db.execute_sql(_DIGESTS_HERE.replace("{events}", _HERE + _BUCKET), values).fetchall()
    here = {source: facts for source, *facts in rows}
    query = _DIGESTS_THERE.replace("{events}", _THERE + _BUCKET)
    there = {source: facts for source, *facts in connection.execute(query.encode(), values).fetchall()}
    accepted = stored.get(_ACCEPTED, 0)
    for source, (id_, action, entity, digest, shipped) in here.items():
        if source in there and there[source][-1] != digest:
            yield Difference(CHANGED, id_, action, entity)
        elif shipped and source not in there:
            yield Difference(UNKNOWN, id_, action, entity)
    for source, (seq, action, entity, _) in there.items():
        if source not in here and accepted < seq <= head:
            yield Difference(LOST, seq, action, entity)

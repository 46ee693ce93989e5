"""Seals of audit events: what PostgreSQL computes over an event with a key that it does not keep.

Events are numbered without gaps in lanes, one for about each connection, so that writers do not wait for one
another; the last number of a lane is sealed too. Whoever changes, removes or adds events behind the
services leaves a wrong seal or a gap. The key outlives those of the goods: see app/infra/fingerprints.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import settings
from app.audit import pruning
from app.errors import Locked
from app.infra import fingerprints, stored
from models import db

LANES = 32


@dataclass
class _Last:
    """The key as it was kept when this process last asked."""

    kept: str = ""


_last = _Last()

#: Both ends are closed by the key: what is between can neither be guessed nor be continued. What stands
#: between the fields stands in none of them that the shop wrote, and JSON has it nowhere.
EVENT = r"""sha256(%(key)s
    || int8send(id) || int2send(lane) || int8send(number) || timestamptz_send(at)
    || convert_to(concat(
        actor, E'\x1f', action, E'\x1f', entity, E'\x1f', data, E'\x1f', correlation_id
    ), 'UTF8')
    || %(key)s)"""
LANE = "sha256(%(key)s || convert_to(lane || ':' || last, 'UTF8') || %(key)s)"

_WRITE = (
    """
WITH turn AS (
    INSERT INTO audit_lane AS former (lane, last, seal)
    SELECT lane, last, {lane}
    FROM (SELECT (pg_backend_pid() %% {lanes})::smallint AS lane, %(count)s::bigint AS last
          WHERE %(kept)s::text IS NULL OR EXISTS (
              SELECT FROM setting WHERE key = '{setting}' AND value = to_jsonb(%(kept)s::text)
          )) AS first
    ON CONFLICT (lane) DO UPDATE SET
        last = former.last + excluded.last,
        seal = {then}
    RETURNING lane, last
)
INSERT INTO audit_event (id, lane, number, at, actor, action, entity, data, correlation_id, seal)
SELECT *, {event}
FROM (
    SELECT nextval('audit_event_id_seq') AS id, turn.lane, turn.last - %(count)s + event.number AS number,
           at, actor, action, entity, data, correlation_id
    FROM turn, (VALUES {events}) AS event (number, at, actor, action, entity, data, correlation_id)
) AS numbered
""".replace("{lanes}", str(LANES))
    .replace("{setting}", fingerprints.KEY)
    .replace("{event}", EVENT)
    .replace("{then}", LANE.replace("lane", "former.lane").replace("last", "(former.last + excluded.last)"))
    .replace("{lane}", LANE)
)
#: An event as values: unpacking all of them from one JSON text takes PostgreSQL a third longer.
_ONE = """(
    {n}, %(at{n})s::timestamptz, %(actor{n})s::text, %(action{n})s::text, %(entity{n})s::text,
    %(data{n})s::jsonb, %(correlation_id{n})s::text
)"""
#: A transaction seldom has more; each number of them is a statement of its own, planned once.
AT_ONCE = 3


def write(events: Sequence[dict[str, Any]]) -> None:
    """Append events, sealed. The lane is locked until the commit, which is to follow at once."""
    for start in range(0, len(events), AT_ONCE):
        values = _values(events[start : start + AT_ONCE])
        if not _append(values, _last.kept, if_kept=_last.kept):
            _last.kept = fingerprints.token()
            _append(values, _last.kept, if_kept=None)


def _values(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {"count": len(events)}
    for number, event in enumerate(events, 1):
        values |= {f"{name}{number}": value for name, value in event.items()}
        # Not orjson: sums of marks have more than 64 bits.
        values[f"data{number}"] = json.dumps(event["data"])
    return values


@lru_cache(maxsize=AT_ONCE)
def _statement(count: int) -> str:
    return _WRITE.replace("{events}", ", ".join(_ONE.replace("{n}", str(n + 1)) for n in range(count)))


def _append(values: dict[str, Any], kept: str, *, if_kept: str | None) -> bool:
    """With the key of `kept`, or nothing if that is not what is kept by now."""
    statement = _statement(values["count"])
    return bool(db.execute_sql(statement, {**values, "key": key(kept), "kept": if_kept}).rowcount)


def start_anew() -> None:
    """The former key is lost for good: what was sealed with it is counted, and trusted from now on."""
    db.execute_sql("DELETE FROM audit_lane")
    last, count = db.execute_sql("SELECT max(id), count(*) FROM audit_event").fetchone()
    if count:
        stored.put("audit_unsealed", {"last": last, "count": count + pruning.pruned().count})


def key(encrypted: str | None) -> bytes:
    """What seals, derived from the marks' key as it is kept.

    Where none of the goods' keys opens that, events are sealed all the same, and will not hold.
    """
    try:
        return _derived(encrypted or "")
    except Locked:
        return _derive(settings.current().stock_encryption_key.get_secret_value().encode())


@lru_cache(maxsize=4)
def _derived(encrypted: str) -> bytes:
    return _derive(fingerprints.opened(encrypted))


def _derive(secret: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"quickcart audit seal").derive(secret)

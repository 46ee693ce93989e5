"""Seals of audit events: what PostgreSQL computes over an event with a key that it does not keep.

Events are numbered without gaps in lanes, one for about each connection, so that writers do not wait for one
another; the last number of a lane is sealed too. Whoever changes, removes or adds events behind the
services leaves a wrong seal or a gap. The key is derived from the goods' key and changes with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import settings
from models import db

LANES = 32

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
    FROM (SELECT (pg_backend_pid() %% {lanes})::smallint AS lane, %(count)s::bigint AS last) AS first
    ON CONFLICT (lane) DO UPDATE SET
        last = former.last + excluded.last,
        seal = {then}
    RETURNING lane, last
)
INSERT INTO audit_event (id, lane, number, at, actor, action, entity, data, correlation_id, seal)
SELECT *, {event}
FROM (
    SELECT nextval('audit_event_id_seq') AS id, turn.lane, turn.last - %(count)s + event.number AS number,
           at, actor, action, entity, data::jsonb AS data, correlation_id
    FROM turn, unnest(
        %(at)s::timestamptz[], %(actor)s::text[], %(action)s::text[], %(entity)s::text[], %(data)s::text[],
        %(correlation_id)s::text[]
    ) WITH ORDINALITY AS event (at, actor, action, entity, data, correlation_id, number)
) AS numbered
""".replace("{lanes}", str(LANES))
    .replace("{event}", EVENT)
    .replace("{then}", LANE.replace("lane", "former.lane").replace("last", "(former.last + excluded.last)"))
    .replace("{lane}", LANE)
)

_RENEW = {
    "UPDATE audit_lane SET seal = {new} WHERE seal = {old}": LANE,
    "UPDATE audit_event SET seal = {new} WHERE seal = {old} AND id BETWEEN %(first)s AND %(last)s": EVENT,
}
_RENEWED_AT_ONCE = 50_000


def write(events: Sequence[dict[str, Any]]) -> None:
    """Append events, sealed. The lane is locked until the commit, which is to follow at once."""
    columns = {name: [event[name] for event in events] for name in events[0]}
    columns["data"] = [json.dumps(data) for data in columns["data"]]
    db.execute_sql(_WRITE, {**columns, "count": len(events), "key": keys()[0]})


def renew() -> None:
    """Everything that is sealed with an old key, under the first one."""
    newest, *others = keys()
    for old in others:
        for update, seal in _RENEW.items():
            query = update.replace("{new}", seal).replace("{old}", seal.replace("%(key)s", "%(old)s"))
            for first in range(0, _last_id() + 1, _RENEWED_AT_ONCE):
                batch = {"key": newest, "old": old, "first": first, "last": first + _RENEWED_AT_ONCE - 1}
                db.execute_sql(query, batch)


def start_anew() -> None:
    """The former key is lost for good: what was sealed with it is counted, and trusted from now on."""
    db.execute_sql("DELETE FROM audit_lane")
    db.execute_sql(
        "INSERT INTO setting (key, value) "
        "SELECT 'audit_unsealed', jsonb_build_object('last', max(id), 'count', count(*)) FROM audit_event "
        "HAVING count(*) > 0 ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )


def _last_id() -> int:
    return int(db.execute_sql("SELECT coalesce(max(id), 0) FROM audit_event").fetchone()[0])


def keys() -> tuple[bytes, ...]:
    """One for each key of STOCK_ENCRYPTION_KEY; the first one seals."""
    return _derived(tuple(settings.current().stock_keys))


@lru_cache(maxsize=4)
def _derived(stock_keys: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(
        HKDF(SHA256(), 32, salt=None, info=b"quickcart audit seal").derive(key.encode()) for key in stock_keys
    )

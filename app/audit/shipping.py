"""Brings audit events to the audit database, each once; when they are old, they are kept only there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from app.audit import archive, chain
from app.audit.chain import Event, Head
from app.infra import call_hooks
from models import db, utcnow

log = structlog.get_logger()

BATCH = 1000
#: One job's time; the clock starts the next. A process that is to end does not wait longer than this.
LONGEST_S = 4.0
#: How long the shop itself keeps what is there as well, and how many rows go at once.
KEPT = timedelta(days=90)
PRUNED_AT_ONCE = 50_000

#: A name for events that were written before they had one. Always the same, as a restored shop ships again.
_SOURCE = "coalesce(source, md5(concat(id, ' ', encode(seal, 'hex')))::uuid)"

#: Everything about an event, its data in the very words that were sealed.
PAYLOAD = """json_build_object(
    'source', {source}, 'id', id, 'lane', lane, 'number', number,
    'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', actor, 'action', action, 'entity', entity, 'data', data::text,
    'correlation_id', correlation_id, 'seal', encode(seal, 'hex')
)::text""".replace("{source}", _SOURCE)

_NEXT = """
SELECT id, {source}, {payload}, at, actor, action, entity
FROM audit_event
WHERE shipped_at IS NULL
ORDER BY id
LIMIT %s
""".replace("{payload}", PAYLOAD).replace("{source}", _SOURCE)

_MARK = """
WITH shipped AS (
    UPDATE audit_event SET source = {source}, shipped_at = %(now)s
    WHERE id = ANY(%(ids)s) AND shipped_at IS NULL
)
INSERT INTO setting (key, value)
VALUES ('audit_head', jsonb_build_object('seq', %(seq)s::bigint, 'hash', %(hash)s::text))
ON CONFLICT (key) DO UPDATE SET value = excluded.value
""".replace("{source}", _SOURCE)

#: The first rows are the oldest, but for a few: nobody has to look through all of them.
_PRUNE = """
WITH gone AS (
    DELETE FROM audit_event
    WHERE id IN (
        SELECT id
        FROM (SELECT id, at, shipped_at FROM audit_event ORDER BY id LIMIT %(most)s) AS first
        WHERE at < %(until)s AND shipped_at IS NOT NULL
    )
    RETURNING id
), counted AS (
    SELECT count(*) AS rows FROM gone HAVING count(*) > 0
)
INSERT INTO setting AS former (key, value)
SELECT 'audit_pruned', jsonb_build_object('until', %(until)s::timestamptz, 'count', rows) FROM counted
ON CONFLICT (key) DO UPDATE SET value = jsonb_build_object(
    'until', greatest((former.value->>'until')::timestamptz, %(until)s::timestamptz),
    'count', (former.value->>'count')::bigint + (excluded.value->>'count')::bigint
)
"""


@dataclass
class _State:
    """Whether the audit database was away when this process last wanted something of it."""

    away: bool = False


_state = _State()


def ship() -> int:
    """Bring over what waits, in the order it was written; how many events that were. 0 also while another
    process does it, and while the audit database is away: then they wait."""
    if not _next(1):
        return 0
    try:
        shipped = _ship_all()
    except archive.Away as error:
        _note(away=True, error=str(error))
        return 0
    _note(away=False)
    return shipped


def prune() -> int:
    """Delete here what is old and there; how many went."""
    before = _pruned()
    db.execute_sql(_PRUNE, {"until": utcnow() - KEPT, "most": PRUNED_AT_ONCE})
    return _pruned() - before


def _ship_all() -> int:
    shipped, ends_at = 0, time.monotonic() + LONGEST_S
    with archive.opened() as connection:
        while time.monotonic() < ends_at and (batch := _next(BATCH)):
            call_hooks.begin()
            head = chain.append(connection, [event for _, event in batch])
            if head is None:
                break
            _mark([id_ for id_, _ in batch], head)
            shipped += len(batch)
    return shipped


def _next(most: int) -> list[tuple[int, Event]]:
    rows = db.execute_sql(_NEXT, (most,)).fetchall()
    return [(id_, Event(*values)) for id_, *values in rows]


def _mark(ids: Sequence[int], head: Head) -> None:
    """A crash before this repeats the batch, of which nothing is added then."""
    values = {"now": utcnow(), "ids": ids, "seq": head.seq, "hash": head.hash.hex()}
    db.execute_sql(_MARK, values)


def _pruned() -> int:
    row = db.execute_sql(
        "SELECT (value->>'count')::bigint FROM setting WHERE key = 'audit_pruned'"
    ).fetchone()
    return int(row[0]) if row else 0


def _note(*, away: bool, **facts: Any) -> None:
    """Only a change is news."""
    if away != _state.away:
        _state.away = away
        log.warning("audit database reachability changed", away=away, **facts)

"""Brings audit events to the audit database, each once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from app.audit import archive, chain
from app.audit.chain import Event, Head
from app.infra import call_hooks, stored, transactions
from models import db, utcnow

log = structlog.get_logger()

BATCH = 1000
#: One job's time; the clock starts the next. A process that is to end does not wait longer than this.
LONGEST_S = 4.0
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
UPDATE audit_event SET source = {source}, shipped_at = %s WHERE id = ANY(%s) AND shipped_at IS NULL
""".replace("{source}", _SOURCE)

_HEAD = "audit_head"


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


def known_head() -> Head:
    """The chain's last row when this shop last added to it."""
    kept = stored.get(_HEAD)
    return Head(kept["seq"], bytes.fromhex(kept["hash"])) if kept else chain.EMPTY


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
    with transactions.atomic():
        db.execute_sql(_MARK, (utcnow(), ids))
        stored.put(_HEAD, {"seq": head.seq, "hash": head.hash.hex()})


def _note(*, away: bool, **facts: Any) -> None:
    """Only a change is news."""
    if away != _state.away:
        _state.away = away
        log.warning("audit database reachability changed", away=away, **facts)

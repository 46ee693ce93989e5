"""The chain in the audit database: each row's hash covers the row before, so none can change unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.audit import archive

_COPY = "COPY audit_chain (seq, source, payload, hash, at, actor, action, entity) FROM STDIN"


@dataclass(frozen=True)
class Event:
    """One to be added: `payload` is its text in full, the rest are copies out of that."""

    source: UUID
    payload: str
    at: datetime
    actor: str
    action: str
    entity: str


@dataclass(frozen=True)
class Head:
    """The last row. Of an empty chain it is row 0, whose hash is 32 zeros."""

    seq: int
    hash: bytes


EMPTY = Head(0, bytes(32))


def following(before: bytes, seq: int, payload: str) -> bytes:
    """sha256(hash of the row before ‖ seq in decimal digits ‖ payload in UTF-8), 32 bytes."""
    return hashlib.sha256(before + str(seq).encode() + payload.encode()).digest()


def head(connection: archive.Connection) -> Head:
    row = connection.execute("SELECT seq, hash FROM audit_chain ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else EMPTY


def append(connection: archive.Connection, events: Sequence[Event]) -> Head | None:
    """Add those that are not there yet; the head after it. None while somebody else is adding."""
    with connection.transaction():
        turn = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [archive.ADDING]).fetchone()
        if turn is None or not turn[0]:
            return None
        sources = [event.source for event in events]
        known = connection.execute("SELECT source FROM audit_chain WHERE source = ANY(%s)", [sources])
        there = {source for (source,) in known.fetchall()}
        return _copy(connection, [event for event in events if event.source not in there])


def _copy(connection: archive.Connection, events: Sequence[Event]) -> Head:
    seq, last = (before := head(connection)).seq, before.hash
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for seq, event in enumerate(events, before.seq + 1):
            last = following(last, seq, event.payload)
            copy.write_row(
                (seq, event.source, event.payload, last, event.at, event.actor, event.action, event.entity)
            )
    return Head(seq, last)

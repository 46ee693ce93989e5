"""Finds audit events wherever they are: here, in the audit database, or in both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import structlog
from psycopg import sql

from app.audit import archive
from app.audit.pruning import KEPT, pruned
from models import AuditEvent, db, utcnow

log = structlog.get_logger()

_FIND = """
SELECT seq, source, at, actor, action, entity, payload
FROM audit_chain
WHERE (%(entities)s::text[] IS NULL OR entity = ANY(%(entities)s))
  AND (%(actor)s::text IS NULL OR actor = %(actor)s)
  AND (%(action)s::text IS NULL OR action = %(action)s)
  AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
ORDER BY seq DESC
LIMIT %(most)s
"""
#: A page of them, newest first. Each of the three conditions is one of an index, with `seq`.
_PAGE = """
SELECT seq, source, at, actor, action, entity, payload
FROM audit_chain
WHERE (%(entity)s::text IS NULL OR entity = %(entity)s)
  AND (%(actor)s::text IS NULL OR actor = %(actor)s)
  AND (%(before)s::bigint IS NULL OR seq < %(before)s)
ORDER BY seq DESC
LIMIT %(most)s
"""
_ROWS = """
SELECT seq, source, at, actor, action, entity, payload FROM audit_chain WHERE seq = ANY(%s) ORDER BY seq
"""

_COLUMNS = "id, at, actor, action, entity, data, correlation_id, lane, number, seal, source"
_OLD = """
COPY (
    SELECT event.id, event.at, event.actor, event.action, event.entity, event.data, event.correlation_id,
           event.lane, event.number, decode(event.seal, 'hex'), event.source
    FROM audit_chain
    CROSS JOIN LATERAL json_to_record(payload::json) AS event (
        id text, at text, actor text, action text, entity text, data text, correlation_id text, lane text,
        number text, seal text, source text
    )
    WHERE audit_chain.at < {until}
) TO STDOUT
"""
_TABLE = "CREATE TEMPORARY TABLE audit_pruned (LIKE audit_event) ON COMMIT DROP"
_FILL = "COPY audit_pruned ({columns}) FROM STDIN".replace("{columns}", _COLUMNS)
#: The name leads to it until the transaction ends, also for what was prepared before there was such a view.
_SIGHT = """
DELETE FROM audit_pruned p USING audit_event e WHERE e.source = p.source;
ANALYZE audit_pruned;
CREATE TEMPORARY VIEW audit_event AS
    SELECT {columns}, shipped_at FROM audit_event UNION ALL SELECT {columns}, shipped_at FROM audit_pruned;
DISCARD PLANS
""".replace("{columns}", _COLUMNS)


@dataclass(frozen=True)
class Found:
    """`seq` is the row in the audit database; None for what was found here."""

    seq: int | None
    source: UUID | None
    at: datetime
    actor: str
    action: str
    entity: str
    data: dict[str, Any]
    #: Of an event that was found here.
    id: int | None = None


@dataclass(frozen=True)
class Page:
    """Newest first, with where to go on if there are more; `away`: only what has yet to be shipped."""

    events: list[Found]
    after: str | None
    away: bool


def page(entity: str | None, actor: str | None, after: str, most: int, *, within_s: float) -> Page:
    """Events of an entity, an actor, or all: first those that have yet to be shipped. `after`: see Page.

    The audit database is given so long for an answer.
    """
    here = [] if after.isdecimal() else _waiting_page(entity, actor, after.removeprefix("here"), most + 1)
    there, away = [], False
    if len(here) <= most:
        try:
            there = _there_page(entity, actor, after, most + 1 - len(here), within_s)
        except archive.Away as error:
            log.warning("audit events cannot be asked for", error=str(error))
            away = True
    known = {event.source for event in here}  # one that is being shipped is in both for a moment
    found = [*here, *(event for event in there if event.source not in known)]
    more = len(found) > most
    return Page(found[:most], _place(found[most - 1]) if more else None, away)


def _place(last: Found) -> str:
    return str(last.seq) if last.seq else f"here{last.id}"


def _waiting_page(entity: str | None, actor: str | None, before: str, most: int) -> list[Found]:
    query = AuditEvent.select().where(AuditEvent.shipped_at.is_null())
    if entity:
        query = query.where(AuditEvent.entity == entity)
    if actor:
        query = query.where(AuditEvent.actor == actor)
    if before.isdecimal():
        query = query.where(AuditEvent.id < int(before))
    return [_here(event) for event in query.order_by(AuditEvent.id.desc()).limit(most)]


def _there_page(entity: str | None, actor: str | None, after: str, most: int, within_s: float) -> list[Found]:
    wanted = {"entity": entity, "actor": actor, "before": int(after) if after.isdecimal() else None}
    with archive.opened(within_s) as connection:
        return [_there(row) for row in connection.execute(_PAGE, {**wanted, "most": most}).fetchall()]


def find(
    entities: Sequence[str] | None = None,
    *,
    actor: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
    most: int = 1000,
) -> list[Found]:
    """What is in the audit database, oldest first; of more than `most` the newest. Raises Away."""
    wanted = {"entities": list(entities) if entities else None, "actor": actor, "action": action}
    with archive.opened() as connection:
        found = connection.execute(_FIND, {**wanted, "since": since, "most": most}).fetchall()
    return [_there(row) for row in reversed(found)]


def rows(connection: archive.Connection, numbers: Sequence[int]) -> list[Found]:
    """These of the audit database, in their order."""
    return [_there(row) for row in connection.execute(_ROWS, [list(numbers)]).fetchall()]


def waiting(
    entities: Sequence[str] | None = None,
    *,
    actor: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
    most: int = 1000,
) -> list[Found]:
    """The same of those that have yet to be shipped."""
    query = AuditEvent.select().where(AuditEvent.shipped_at.is_null())
    if entities:
        query = query.where(AuditEvent.entity.in_(entities))
    if actor:
        query = query.where(AuditEvent.actor == actor)
    if action:
        query = query.where(AuditEvent.action == action)
    if since:
        query = query.where(AuditEvent.at >= since)
    newest = query.order_by(AuditEvent.id.desc()).limit(most)
    return [_here(event) for event in reversed(list(newest))]


def about(entities: Sequence[str], since: datetime) -> list[Found]:
    """All there is about something that began at `since`, oldest first; what was pruned as far as the audit
    database can be asked."""
    here = AuditEvent.select().where(AuditEvent.entity.in_(entities)).order_by(AuditEvent.id)
    found = [_here(event) for event in here]
    return [*_gone(entities, since, {event.source for event in found}), *found]


def bring_into_sight() -> None:
    """In the open transaction, whoever reads `audit_event` now reads what was pruned as well.

    Raises Away, also when that was made unreadable.
    """
    if pruned().count == 0:
        return
    with db.atomic():  # of which nothing is left if it fails
        try:
            _copy_old(pruned().until)
        except psycopg.DataError as error:
            raise archive.Away(f"its rows cannot be read: {error}") from error


def _copy_old(until: datetime) -> None:
    db.execute_sql(_TABLE)
    copy = sql.SQL(_OLD).format(until=sql.Literal(until))
    with (
        archive.opened(archive.LONGEST_S) as there,
        there.cursor().copy(copy) as old,
        db.connection().cursor().copy(_FILL) as table,
    ):
        for block in old:
            table.write(block)
    db.connection().execute(_SIGHT, prepare=False)  # no statement that is prepared may be several


def _here(event: AuditEvent) -> Found:
    return Found(None, event.source, event.at, event.actor, event.action, event.entity, event.data, event.id)


def _there(row: Any) -> Found:
    seq, source, at, actor, action, entity, payload = row
    return Found(seq, source, at, actor, action, entity, json.loads(json.loads(payload)["data"]))


def _gone(entities: Sequence[str], since: datetime, here: set[UUID | None]) -> list[Found]:
    if since > utcnow() - KEPT or since >= (until := pruned().until):
        return []
    try:
        return [found for found in find(entities) if found.at < until and found.source not in here]
    except archive.Away as error:
        log.warning("old audit events cannot be asked for", error=str(error))
        return []

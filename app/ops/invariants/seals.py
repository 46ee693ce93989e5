"""Invariant 6, about the audit events themselves: none was changed, removed or forged."""

from __future__ import annotations

from collections.abc import Iterator

from app.audit import seals
from app.infra import fingerprints
from app.ops.invariants.breach import Breach, find

#: The last of the events that were sealed with a key that was lost.
_BEFORE = "coalesce((SELECT (value->>'last')::bigint FROM setting WHERE key = 'audit_unsealed'), 0)"


def events_are_as_they_were_written() -> Iterator[Breach]:
    query = """
    SELECT 'audit event ' || id, action, entity
    FROM audit_event
    WHERE id > {before} AND (seal = {seal}) IS NOT TRUE
    ORDER BY id
    """.replace("{before}", _BEFORE)
    yield from _sealed(
        "{} of {} was changed or forged: the shop has not sealed it like this", query, seals.EVENT
    )


def lanes_are_as_they_were_written() -> Iterator[Breach]:
    query = "SELECT 'audit lane ' || lane, last FROM audit_lane WHERE seal <> {seal} ORDER BY lane"
    yield from _sealed(
        "its last number, {}, was changed: the shop has not sealed it like this", query, seals.LANE
    )


def no_event_is_missing() -> Iterator[Breach]:
    """The numbers of a lane have no gap, up to the last that it remembers. Only broken lanes are sorted."""
    query = """
        WITH broken AS (
            SELECT coalesce(l.lane, e.lane) AS lane, coalesce(l.last, 0) AS last
            FROM audit_lane l
            FULL JOIN (
                SELECT lane, count(*) AS events, max(number) AS last
                FROM audit_event
                WHERE id > {before}
                GROUP BY lane
            ) e ON e.lane = l.lane
            WHERE (e.events, e.last) IS DISTINCT FROM (l.last, l.last)
        ), kept AS (
            SELECT e.lane, e.number, e.at
            FROM audit_event e
            JOIN broken b ON b.lane = e.lane
            WHERE e.id > {before}
            UNION ALL
            SELECT lane, last + 1, NULL FROM broken
        ), steps AS (
            SELECT lane, number, lag(number, 1, 0::bigint) OVER turns AS before, lag(at) OVER turns AS at
            FROM kept
            WINDOW turns AS (PARTITION BY lane ORDER BY number)
        )
        SELECT 'audit lane ' || lane, before + 1, number - 1, coalesce(at, 'epoch')
        FROM steps
        WHERE number > before + 1
        ORDER BY lane, number
        """
    problem = "events {} to {} were deleted; the one before is of {:%Y-%m-%d %H:%M:%S} UTC"
    return find(6, problem, query.replace("{before}", _BEFORE))


def events_from_before_the_seals_are_kept() -> Iterator[Breach]:
    return find(
        6,
        "{} events were there before these were sealed, {} are left",
        """
        SELECT 'audit', s.value->>'count', count(e.id)
        FROM setting s
        LEFT JOIN audit_event e ON e.id <= (s.value->>'last')::bigint
        WHERE s.key = 'audit_unsealed'
        GROUP BY s.value
        HAVING count(e.id) <> (s.value->>'count')::bigint
        """,
    )


def _sealed(problem: str, query: str, seal: str) -> Iterator[Breach]:
    return find(6, problem, query.replace("{seal}", seal), key=seals.key(fingerprints.kept()))


CHECKS = (
    events_are_as_they_were_written,
    lanes_are_as_they_were_written,
    no_event_is_missing,
    events_from_before_the_seals_are_kept,
)

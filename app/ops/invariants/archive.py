"""Invariant 6, about the audit database: it has what was shipped, unchanged, and only grows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.audit import archive, chain, comparison, proof, shipping
from app.ops.invariants.breach import MOST, Breach
from models import AuditEvent

_WORDS = {
    comparison.CHANGED: "{} of {} is another here than in the audit database",
    comparison.UNKNOWN: "{} of {} was shipped, and is not in the audit database",
    comparison.LOST: "{} of {} is not here any more: see `audit lost`",
}


def the_audit_database_is_as_it_was_left() -> Iterator[Breach]:
    """Nothing is asked before anything was shipped. What is said to be is deleted here after a while."""
    known = shipping.known_head()
    if known == chain.EMPTY:
        if AuditEvent.select().where(AuditEvent.shipped_at.is_null(False)).exists():
            yield Breach(6, "audit database", "events are said to be there, but none was ever shipped")
        return
    try:
        with archive.opened(archive.LONGEST_S) as connection:
            yield from _compared(connection, known)
    except archive.Away:
        yield Breach(6, "audit database", "is away: what was shipped is not compared")


def _compared(connection: archive.Connection, known: chain.Head) -> Iterator[Breach]:
    if archive.guard(connection) == archive.NOTHING:
        yield Breach(6, "audit database", "neither grants nor a trigger keep its rows from being changed")
    # What was proved last night is not proved again, but whether it is still there.
    problems = (proof.prove(connection, proof.proved()).problem, proof.missing(connection, known))
    yield from (Breach(6, "audit database", problem) for problem in dict.fromkeys(filter(None, problems)))
    found = comparison.differences(connection, known.seq)
    for difference in islice(found, MOST):
        problem = _WORDS[difference.what].format(difference.action, difference.entity)
        where = "audit row" if difference.what == comparison.LOST else "audit event"
        yield Breach(6, f"{where} {difference.number}", problem)
    if len(found) > MOST:
        yield Breach(6, f"{len(found) - MOST} more", "the same as those above")


CHECKS = (the_audit_database_is_as_it_was_left,)

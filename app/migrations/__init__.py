"""Numbered schema changes, applied in order under a lock by `python -m app.ops migrate`."""

from __future__ import annotations

from pathlib import Path

from playhouse.migrations import Runner

from models import db

_LOCK = 7_203_001  # an arbitrary number that nothing else in this database locks


def apply() -> list[str]:
    """Bring the database up to date; return the names applied. Two releases at once take turns."""
    with db.connection_context():
        db.execute_sql("SELECT pg_advisory_lock(%s)", (_LOCK,))
        try:
            applied: list[str] = _runner().up()
            return applied
        finally:
            db.execute_sql("SELECT pg_advisory_unlock(%s)", (_LOCK,))


def state() -> tuple[list[str], list[str]]:
    """Names of the migrations that were applied, in order, and of those still to come."""
    known = _runner().status()
    return [each.name for each in known if each.applied], [each.name for each in known if not each.applied]


def _runner() -> Runner:
    return Runner(db, directory=str(Path(__file__).parent))

"""Numbered changes of the schema; `python -m app.ops migrate` applies them, each once, in their order.

Old and new code run side by side while a release goes out, so each change is one that both can live with:
1. What was released is never edited or removed. A change is a new file, with the next number and no way back.
2. A new column is nullable or has a default: the code before does not name it when it inserts.
3. Nothing that the release before reads or writes is renamed, retyped, narrowed or dropped; the next may.
4. A large table gets indexes CONCURRENTLY (`atomic = False`), constraints NOT VALID, values in small steps.
5. tests/releases holds it to the data and the code of the release before; they are renewed as it says there.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("[0-9]*.py"))

#: Asks a database; it has no such table before its first migration.
APPLIED = "SELECT name FROM schema_migration"


def missing(applied: Iterable[str]) -> set[str]:
    """What a database with these migrations lacks. Others come from a later release, and do no harm."""
    return set(NAMES).difference(applied)


def later(applied: Iterable[str]) -> list[str]:
    """What a database has from releases after this one, in their order."""
    return sorted(name for name in applied if name > NAMES[-1])

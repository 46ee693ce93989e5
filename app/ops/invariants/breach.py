"""A breach of an invariant, and how checks find them: one query each, one row a breach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from models import db

#: So many of a kind are named; a thousand lines tell no more than their number.
MOST = 100

#: Whether `audit_event` shows all events, also those that are in the audit database only.
trail_is_whole: ContextVar[bool] = ContextVar("trail_is_whole", default=True)

_COUNTED = """
WITH found AS MATERIALIZED (
{query}
)
SELECT (SELECT count(*) FROM found), found.* FROM found LIMIT {most}
"""


class _Nothing:
    """Stands where a column is empty, whatever form a moment or a number would have had there."""

    def __format__(self, form: str) -> str:
        return "nothing"


@dataclass(frozen=True)
class Breach:
    """`invariant` is its number in the list of `__init__.py`; `subject` what it is about."""

    invariant: int
    subject: str
    problem: str

    def __str__(self) -> str:
        return f"invariant {self.invariant}: {self.subject}: {self.problem}"


def find(invariant: int, problem: str, query: str, values: Mapping[str, object]) -> Iterator[Breach]:
    """Rows are the subject, then what fills the braces of `problem`; `values` are those `query` asks for."""
    if "audit_event" in query and not trail_is_whole.get():
        return
    counted = _COUNTED.replace("{most}", str(MOST)).replace("{query}", query)
    rows = db.execute_sql(counted, values or None).fetchall()
    for _, subject, *facts in rows:
        told = (_Nothing() if fact is None else fact for fact in facts)
        yield Breach(invariant, str(subject), problem.format(*told))
    if rows and rows[0][0] > MOST:
        yield Breach(invariant, f"{rows[0][0] - MOST} more", "the same as those above")

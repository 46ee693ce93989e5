"""A breach of an invariant, and how checks find them: one query each, one row a breach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models import db


@dataclass(frozen=True)
class Breach:
    """`invariant` is its number in the design; `subject` the invoice, user, product or job it is about."""

    invariant: int
    subject: str
    problem: str

    def __str__(self) -> str:
        return f"invariant {self.invariant}: {self.subject}: {self.problem}"


def find(invariant: int, problem: str, query: str, *params: Any) -> Iterator[Breach]:
    """Rows are the subject, then what fills the braces of `problem`."""
    for subject, *values in db.execute_sql(query, params or None).fetchall():
        yield Breach(invariant, str(subject), problem.format(*values))

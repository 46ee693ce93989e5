"""A breach of an invariant, and how checks find them: one query each, one row a breach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models import db

#: So many of a kind are named; a thousand lines tell no more than their number.
MOST = 100

#: Events about anything but orders and money; in these words the index audit_event_rare knows them.
RARE = """(
    SELECT * FROM audit_event
    WHERE split_part(action, '.', 1) NOT IN ('order', 'payment', 'balance', 'goods', 'voucher')
)"""

_COUNTED = """
WITH found AS MATERIALIZED (
{query}
)
SELECT (SELECT count(*) FROM found), found.* FROM found LIMIT {most}
"""


@dataclass(frozen=True)
class Breach:
    """`invariant` is its number in the design; `subject` the invoice, user, product or job it is about."""

    invariant: int
    subject: str
    problem: str

    def __str__(self) -> str:
        return f"invariant {self.invariant}: {self.subject}: {self.problem}"


def find(invariant: int, problem: str, query: str, *params: Any, **named: Any) -> Iterator[Breach]:
    """Rows are the subject, then what fills the braces of `problem`. In `query`, `{rare}` stands for RARE."""
    counted = _COUNTED.replace("{most}", str(MOST)).replace("{query}", query).replace("{rare}", RARE)
    rows = db.execute_sql(counted, named or params or None).fetchall()
    for _, subject, *values in rows:
        yield Breach(invariant, str(subject), problem.format(*values))
    if rows and rows[0][0] > MOST:
        yield Breach(invariant, f"{rows[0][0] - MOST} more", "the same as those above")

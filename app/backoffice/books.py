"""Whether the balances of all people are what the ledger says: summed by every check of the shop, as reading
all of both takes longer than anybody looks at a screen."""

from __future__ import annotations

from typing import Any

from app.infra import stored
from models import db, utcnow

_SUMS = """
SELECT (SELECT coalesce(sum(balance), 0) FROM "user")::bigint,
       (SELECT coalesce(sum(amount), 0) FROM ledger_entry)::bigint
"""
_KEY = "books"
#: Both are read from the first row to the last.
LONGEST_S = 600.0


def close() -> None:
    """Sum both at one moment, and keep that."""
    with db.atomic(), db.patience(LONGEST_S):
        balances, ledger = db.execute_sql(_SUMS).fetchone()
    stored.put(_KEY, {"at": utcnow().isoformat(), "balances": balances, "ledger": ledger})


def last() -> dict[str, Any] | None:
    """{"at", "balances", "ledger"} in rupiah; None before the first check."""
    found: dict[str, Any] | None = stored.get(_KEY)
    return found

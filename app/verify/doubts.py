"""Invariant 5: what contradicts is known to an admin, and named until somebody has dealt with it."""

from __future__ import annotations

from collections.abc import Iterator

from app.verify.breach import Breach, find


def contradictions_are_decided() -> Iterator[Breach]:
    return find(
        5,
        "the gateway contradicts its payment ({}) since {:%Y-%m-%d %H:%M:%S} UTC: accept or refuse it",
        """
        SELECT o.invoice, c.differs #>> '{}', c.found_at
        FROM contradiction c
        JOIN "order" o ON o.id = c.order_id
        WHERE c.verdict IS NULL
        ORDER BY c.found_at, o.id
        """,
    )


def strays_are_dealt_with() -> Iterator[Breach]:
    """The gateway told of a payment that we cannot place."""
    return find(
        5,
        "the gateway says that {} was paid{}, which no order of ours fits, since {:%Y-%m-%d %H:%M:%S} UTC",
        """
        SELECT 'stray ' || id, invoice,
               CASE txn_id WHEN '' THEN '' ELSE ' by transaction ' || txn_id END, found_at
        FROM stray
        WHERE outcome IS NULL
        ORDER BY found_at, id
        """,
    )


CHECKS = (contradictions_are_decided, strays_are_dealt_with)

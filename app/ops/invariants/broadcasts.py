"""Invariant 4, for broadcasts: every recipient is counted, and one that runs has somebody who sends it."""

from __future__ import annotations

from collections.abc import Iterator

from app import retention
from app.ops.invariants.breach import Breach, find
from app.sales import history
from models import utcnow


def counts_match_the_recipients() -> Iterator[Breach]:
    """Old lists are pruned; what they counted stays."""
    return find(
        4,
        "counts {} {} recipients, but there are {}",
        """
        SELECT 'broadcast ' || b.id, counter.counted, counter.what, counter.found
        FROM broadcast b
        LEFT JOIN (
            SELECT broadcast_id,
                   count(*) AS total,
                   count(*) FILTER (WHERE state = 'sent') AS sent,
                   count(*) FILTER (WHERE state = 'blocked') AS blocked,
                   count(*) FILTER (WHERE state = 'failed') AS failed,
                   count(*) FILTER (WHERE state = 'unknown') AS unknown
            FROM broadcast_recipient
            GROUP BY broadcast_id
        ) r ON r.broadcast_id = b.id
        CROSS JOIN LATERAL (
            VALUES ('listed', b.total, coalesce(r.total, 0)),
                   ('sent', b.sent, coalesce(r.sent, 0)),
                   ('blocked', b.blocked, coalesce(r.blocked, 0)),
                   ('failed', b.failed, coalesce(r.failed, 0)),
                   ('unknown', b.unknown, coalesce(r.unknown, 0))
        ) AS counter (what, counted, found)
        WHERE counter.counted <> counter.found AND (b.ended_at IS NULL OR b.ended_at > %s)
        ORDER BY b.id
        """,
        utcnow() - retention.RECIPIENTS_KEPT,
    )


def done_broadcasts_left_nobody_out() -> Iterator[Breach]:
    return find(
        4,
        "is done, but user {} is {}",
        """
        SELECT 'broadcast ' || b.id, r.user_id, r.state
        FROM broadcast b
        JOIN broadcast_recipient r ON r.broadcast_id = b.id AND r.state IN ('waiting', 'sending')
        WHERE b.state = 'done'
        ORDER BY b.id, r.user_id
        """,
    )


def running_broadcasts_are_being_sent() -> Iterator[Breach]:
    """By a job of this run: one that lists recipients, then those that write to them."""
    return find(
        4,
        "is running, but nobody is going to send it",
        """
        SELECT 'broadcast ' || b.id
        FROM broadcast b
        WHERE b.state = 'running' AND b.id <> ALL (%s::bigint[])
          AND NOT EXISTS (
              SELECT 1
              FROM outbox o
              WHERE o.actor = CASE WHEN b.listed_at IS NULL THEN 'list_recipients' ELSE 'send_broadcast' END
                AND o.args->>0 = b.id::text AND o.args->>1 = b.run::text
          )
        ORDER BY b.id
        """,
        list(history.dead_subjects("list_recipients", "send_broadcast")),
    )


def broadcasts_in_line_come_next() -> Iterator[Breach]:
    return find(
        4,
        "waits in line, but nothing is running",
        """
        SELECT 'broadcast ' || id
        FROM broadcast
        WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM broadcast WHERE state = 'running')
        ORDER BY id
        """,
    )


CHECKS = (
    counts_match_the_recipients,
    done_broadcasts_left_nobody_out,
    running_broadcasts_are_being_sent,
    broadcasts_in_line_come_next,
)

"""The ops page on a shop of years: each of its screens, and pages of the audit in that one's own database."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import psycopg

from app.audit import archive, lookup
from app.ops.page import order as order_screen
from app.ops.page import router
from app.ops.page.http import Answer, Ask
from models import Order, db
from tests.bench import report

MOST_MS, ROUNDS = 50, 5
#: Which screens work hardest with which filters.
QUERIES = {
    "/ops/orders": [{}, {"list": "stuck"}, {"list": "paid_late"}, {"q": "@user900"}, {"q": "txn-1000"}],
    "/ops/jobs": [{}, {"actor": "send_notice"}],
    "/ops/audit": [{}, {"about": "user:3"}],
    "/ops/money": [{}, {"until": "2025-06-01"}],
}
#: Of the newest events, so many are in the audit database as well.
SHIPPED = 1_000_000
_WAITING = """
INSERT INTO outbox (id, actor, queue, args, attempt, due_at, created_at)
SELECT gen_random_uuid(), 'send_notice', 'money', '[]', n % 3, now() + n * interval '1 s', now()
FROM generate_series(1, 10000) AS n
"""
_FAILED = """
INSERT INTO dead_letter (id, actor, queue, kind, args, error, state, died_at)
SELECT 'job-' || n, 'send_notice', 'money', 'send_notice Failed app/x.py:' || n % 9, '', 'Failed: on fire',
       'dead', now() - n * interval '20 s'
FROM generate_series(1, 10000) AS n
"""
_CHAIN = """
INSERT INTO audit_chain (seq, source, payload, hash, at, actor, action, entity)
SELECT id, gen_random_uuid(), json_build_object('data', data::text)::text, '', at, actor, action, entity
FROM audit_event
ORDER BY id DESC
LIMIT %s
"""


def fill(url: str) -> None:
    """What waits, what failed, and the audit; `url` is the superuser's."""
    archive.prepare()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_WAITING)
        connection.execute(_FAILED)
        connection.execute(_CHAIN, [SHIPPED])
        connection.execute("VACUUM ANALYZE outbox, dead_letter, audit_chain")


def screens() -> dict[str, Callable[[], Answer | None]]:
    """By what it is asked for."""
    found: dict[str, Callable[[], Answer | None]] = {}
    for path, show in router.SCREENS.items():
        for query in QUERIES.get(path, [{}]):
            words = "&".join(f"{name}={value}" for name, value in query.items())
            found[f"{path}?{words}".rstrip("?")] = partial(show, Ask("GET", path, "127.0.0.1", query=query))
    delivered = Order.get(Order.state == Order.DELIVERED)
    return found | {"/ops/orders/TRX…": partial(order_screen.show, delivered)}


def measure_audit() -> report.Figure:
    """In all, with the way there: this connection is made anew each time."""
    (user, actor) = db.execute_sql(
        "SELECT entity, actor FROM audit_event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    asked = [(None, None), (user, None), (None, actor), (None, "7"), ("order:none", "7")]
    longest = max(_page_ms(entity, who) for entity, who in asked)
    return report.figure("a page of the audit, longest", longest, "ms", below=MOST_MS)


def _page_ms(entity: str | None, actor: str | None) -> float:
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        lookup.page(entity, actor, str(10**12), 30, within_s=3.0)
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)

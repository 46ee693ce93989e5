"""Tap to screen, when few and when very many people know the shop."""

from __future__ import annotations

import psycopg

from app.infra import transactions
from app.people import users
from models import db
from tests.bench import chat, report
from tests.bench.growth import tables
from tests.bench.peer import driving
from tests.support.stack import Stack

SIZES = (100, 10_000, 1_000_000)
BUYERS, WARM_TAPS, TAPS = 60, 60, 200
#: How many times as long as with the fewest people.
MOST = 1.25
#: The ids of these people, from here on.
FIRST = 10_000_000

_PEOPLE = """
INSERT INTO "user" (id, name, username, bank_id, joined_at, seen_at)
SELECT n, 'Pelanggan ' || n, 'user' || n, n::text, now() - (n - %(first)s) * interval '60 s', now()
FROM generate_series(%(from)s::bigint, %(until)s::bigint) AS n
"""


def measure(stack: Stack, factor: float) -> list[report.Figure]:
    stack.start_web()
    stack.start_worker()
    stack.start("clock", "workers.clock")
    stack.set_webhook()
    looking = chat.prepare(stack, BUYERS)
    rows, here = [], 0
    for size in SIZES:
        here = join(stack, here, max(SIZES[0], int(size * factor)))
        driving.taps_ms(stack, looking, WARM_TAPS)
        taps_ms = driving.taps_ms(stack, looking, TAPS)
        rows.append((here, report.percentile(taps_ms, 50), report.percentile(taps_ms, 99)))
    tables.show(
        "people",
        ["people", "tap to screen p50, ms", "p99, ms"],
        rows,
        "the size of the database; a tap reads by keys, so the depth of an index is all that grows",
    )
    figures = [report.figure(f"tap to screen p50, {row[0]:,} people", row[1], "ms") for row in rows]
    ratio = rows[-1][1] / rows[0][1]
    return [*figures, report.figure("tap to screen p50, most people / fewest", ratio, "", below=MOST)]


def join(stack: Stack, here: int, size: int) -> int:
    """So many people as if they had come over time, beyond those who are `here`; returns how many are."""
    values = {"first": FIRST, "from": FIRST + here, "until": FIRST + size - 1}
    with psycopg.connect(stack.env["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(_PEOPLE, values)
        connection.execute('VACUUM ANALYZE "user"')
    with db.connection_context(), transactions.atomic():
        users.count_joined(max(0, size - here))
    return size

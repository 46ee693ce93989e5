"""Updates a second with 1, 2 and 4 worker processes, against a Bot API that costs nothing."""

from __future__ import annotations

import os

from tests.bench import chat, report
from tests.bench.growth import tables
from tests.bench.peer import measure as peer
from tests.bench.peer import sides
from tests.support.stack import Stack

PROCESSES, THREADS = (1, 2, 4), 8
#: All of them together are fewer than the quick driver's people may press in a minute.
WARM_PRESSES, PRESSES, LEAST_PRESSES = 300, 4_500, 300
#: More processes than cores help nobody, but must do no harm either.
LEAST_OF_FOUR = 0.85


def measure(stack: Stack, factor: float) -> list[report.Figure]:
    stack.start_web()
    stack.start("clock", "workers.clock")
    chat.sell()
    presses = max(LEAST_PRESSES, int(PRESSES * factor))
    rows = []
    with peer.quick_telegram(stack) as press:
        for number in PROCESSES:
            stack.start_worker(processes=number, threads=THREADS)
            press(stack.web_url, WARM_PRESSES)
            before_s = stack.processor_s("worker")
            rate = press(stack.web_url, presses)
            spent_ms = (stack.processor_s("worker") - before_s) / presses * 1000
            rows.append((number, rate, spent_ms, sides.pss_mib(stack, "worker")))
            stack.stop("worker")
    tables.show(
        "worker processes",
        ["processes", "updates/s", "ms of processor an update", "PSS of the worker, MiB"],
        rows,
        f"{os.cpu_count()} cores, which web, Redis, PostgreSQL and who presses use as well",
    )
    rates = [row[1] for row in rows]
    return [
        *(report.figure(f"updates a second, worker processes: {row[0]}", row[1], "/s") for row in rows),
        report.figure("updates a second, 4 processes / 2", rates[2] / rates[1], "", least=LEAST_OF_FOUR),
    ]

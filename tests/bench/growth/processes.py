"""Updates a second with 1, 2 and 4 worker processes, against a Bot API that costs nothing."""

from __future__ import annotations

import os
import statistics

from tests.bench import chat, report
from tests.bench.growth import tables
from tests.bench.peer import measure as peer
from tests.bench.peer import sides
from tests.support.stack import Stack

PROCESSES, THREADS = (1, 2, 4), 8
#: A host that is slower for some seconds bends one round, and not the middle one of several.
ROUNDS = 3
#: All of a round together are fewer than the quick driver's people may press in a minute.
WARM_PRESSES, PRESSES, LEAST_PRESSES = 300, 1_500, 300
#: More processes than cores help nobody, but must do no harm either.
LEAST_OF_FOUR = 0.85

#: Updates a second, ms of processor an update, MiB of the worker.
Row = tuple[float, float, float]


def measure(stack: Stack, factor: float) -> list[report.Figure]:
    stack.start_web()
    stack.start("clock", "workers.clock")
    chat.sell()
    presses = max(LEAST_PRESSES, int(PRESSES * factor))
    with peer.quick_telegram(stack) as press:
        rounds = [_round(stack, press, presses, turn) for turn in range(ROUNDS)]
    rows = [
        (number, *map(statistics.median, zip(*(each[number] for each in rounds), strict=True)))
        for number in PROCESSES
    ]
    four_by_two = statistics.median(each[4][0] / each[2][0] for each in rounds)
    tables.show(
        "worker processes",
        ["processes", "updates/s", "ms of processor an update", "PSS of the worker, MiB"],
        rows,
        f"{os.cpu_count()} cores, which web, Redis, PostgreSQL and who presses use as well",
    )
    return [
        *(report.figure(f"updates a second, worker processes: {row[0]}", row[1], "/s") for row in rows),
        report.figure("updates a second, 4 processes / 2", four_by_two, "", least=LEAST_OF_FOUR),
    ]


def _round(stack: Stack, press: peer.Press, presses: int, turn: int) -> dict[int, Row]:
    """By the number of processes; in every other turn from the most to the fewest."""
    rows: dict[int, Row] = {}
    for number in PROCESSES[:: -1 if turn % 2 else 1]:
        stack.start_worker(processes=number, threads=THREADS)
        press(stack.web_url, WARM_PRESSES)
        before_s = stack.processor_s("worker")
        rate = press(stack.web_url, presses)
        spent_ms = (stack.processor_s("worker") - before_s) / presses * 1000
        rows[number] = rate, spent_ms, sides.pss_mib(stack, "worker")
        stack.stop("worker")
    return rows

"""From send to the start of the actor, at 10 jobs a second, in a real worker process."""

from __future__ import annotations

import time

from app.infra.queue import wire
from tests.bench import report
from tests.bench.pace import paced
from tests.support.stack import Stack

JOBS, PER_S = 300, 10


def measure(stack: Stack) -> list[report.Figure]:
    stack.start_worker("tests.bench.actors")
    for _ in paced(JOBS, PER_S):
        wire.send(stack.redis, [(wire.message("stamp", [time.time_ns()]), 0)])
    stamps = [stack.redis.blpop(["bench:stamps"], timeout=10) for _ in range(JOBS)]
    stack.stop("worker")
    delays_ms = [int(stamp[1]) / 1e6 for stamp in stamps if stamp]
    return report.latencies("send to start at 10/s", delays_ms, p50=None, p99=20)

"""What people typed has piled up, as after an outage: who presses or pays now, and how fast it drains."""

from __future__ import annotations

import time

import redis

from app.infra import redis_client
from app.infra.queue import lanes, wire
from tests.bench import chat, report
from tests.bench.growth import tables
from tests.support.stack import Stack

JOBS, LEAST_JOBS = 100_000, 500
#: The ids of those who wait; no more of them than can have their turn here are known to the stand-in.
FIRST, KNOWN = 20_000_000, 20_000
BUYERS = 100
#: Of a large queue only so much is seen to drain.
DRAIN_S = 60.0
PLAN_MIB = 25
#: Milliseconds that people may wait meanwhile, 99 of 100.
TAP_MS, GOODS_MS = 1_000, 2_000


def measure(stack: Stack, factor: float) -> list[report.Figure]:
    stack.start_web()
    stack.start_worker()
    stack.start("clock", "workers.clock")
    stack.set_webhook()
    looking = chat.prepare(stack, BUYERS)
    jobs = max(LEAST_JOBS, int(JOBS * factor))
    stack.stop("worker")
    kib = pile_up(stack, jobs)
    stack.start_worker()
    rate = drain_per_s(stack)
    pile_up(stack, jobs - waiting(stack.redis))
    figures = chat.measure_taps(stack, looking, p50=None, p99=TAP_MS)
    pile_up(stack, jobs - waiting(stack.redis))
    goods_ms = chat.payment_to_goods_ms(stack, looking)
    figures += report.latencies("payment to goods at 5/s", goods_ms, p50=None, p99=GOODS_MS)
    figures = [
        report.Figure(f"{one.what}, {jobs:,} wait", one.value, one.target, one.good) for one in figures
    ]
    _show(stack, figures, jobs, kib, rate)
    return [*figures, report.figure("drain rate of waiting jobs", rate, "/s", least=40)]


def _show(stack: Stack, figures: list[report.Figure], jobs: int, kib: float, rate: float) -> None:
    rows = [(one.what, one.value) for one in figures]
    rows += [
        ("memory of Redis for them", f"{kib * jobs / 1024:,.1f} MiB, {kib:.2f} KiB a job"),
        ("drain rate", f"{rate:,.0f}/s, all of them in {jobs / rate / 60:,.1f} min"),
        ("still waiting after all this", f"{waiting(stack.redis):,}"),
    ]
    limit = (
        f"the memory of Redis, of which {PLAN_MIB} MiB hold some {PLAN_MIB * 1024 * 0.75 / kib:,.0f} jobs: "
        "what is more, Telegram keeps. Who types waits for those before"
    )
    tables.show("queue", ["with a queue of what people typed", ""], rows, limit)


def pile_up(stack: Stack, jobs: int) -> float:
    """Messages of as many people, each with one; returns the KiB that Redis takes for one."""
    for number in range(FIRST, FIRST + min(jobs, KNOWN)):
        stack.telegram.person(number, "Guest").user.started = True
    before = int(stack.redis.info("memory")["used_memory"])
    sent = int(stack.redis.incrby("bench:typed", jobs)) - jobs
    typed = ((wire.update(_message(sent + number)), 0) for number in range(jobs))
    while some := [job for job, _ in zip(typed, range(wire.BATCH), strict=False)]:
        wire.send(stack.redis, some)
    return (int(stack.redis.info("memory")["used_memory"]) - before) / max(1, jobs) / 1024


def _message(number: int) -> dict[str, object]:
    who = {"id": FIRST + number, "is_bot": False, "first_name": "Guest"}
    message = {
        "message_id": number + 1,
        "date": int(time.time()),
        "chat": {"id": who["id"], "type": "private", "first_name": "Guest"},
        "from": who,
        "text": "LIST PRODUK",
    }
    return {"update_id": 1_200_000_000 + number, "message": message}


def waiting(client: redis.Redis) -> int:
    return int(client.llen(redis_client.key(lanes.DEFAULT)))


def drain_per_s(stack: Stack) -> float:
    """Jobs that went in a second, until none is left or it is clear how fast they go."""
    before, started = waiting(stack.redis), time.perf_counter()
    while (left := waiting(stack.redis)) and time.perf_counter() - started < DRAIN_S:
        time.sleep(0.05)
    return (before - left) / (time.perf_counter() - started)

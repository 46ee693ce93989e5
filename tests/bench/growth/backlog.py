"""What people typed has piled up, as after an outage: how fast it goes, and who presses or pays meanwhile."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, islice

import redis

from app.clients import telegram_limits
from app.infra import redis_client
from app.infra.queue import backpressure, lanes, wire
from tests.bench import chat, report
from tests.bench.growth import tables
from tests.bench.peer import driving
from tests.bench.peer import measure as peer
from tests.support.stack import Stack

JOBS, LEAST_JOBS = 100_000, 500
#: As few jobs as are drained to see how fast it goes when hardly anything waits.
WARM_JOBS, FEW_JOBS = 400, 2_000
#: As many of those who typed as may have their turn here are known to the stand-in.
KNOWN = 30_000
BUYERS, TAPS = 100, 300
#: Of a large queue only so much is seen to drain.
DRAIN_S = 20.0
#: What the smallest plans have.
PLAN_MIB = 25
#: Milliseconds that people may wait meanwhile, 99 of 100.
TAP_MS, GOODS_MS = 1_000, 2_000
#: Of the rate with few jobs, and of what Telegram lets a bot send.
LEAST_RATE, LEAST_ANSWERED = 0.8, 0.8

_ids = count(20_000_000)


@dataclass
class Found:
    """Jobs a second that a worker does when Telegram costs nothing, with few waiting and with all; messages a
    second that go out where Telegram's limits hold; and how long who presses or pays waits beside that."""

    jobs: int
    kib: float = 0.0
    few_per_s: float = 0.0
    many_per_s: float = 0.0
    answered_per_s: float = 0.0
    taps_ms: list[float] = field(default_factory=list)
    goods_ms: list[float] = field(default_factory=list)


def measure(stack: Stack, factor: float) -> list[report.Figure]:
    stack.start_web()
    stack.start("clock", "workers.clock")
    chat.sell()
    found = Found(max(LEAST_JOBS, int(JOBS * factor)))
    with peer.quick_telegram(stack):
        stack.start_worker("tests.bench.unlimited")
        _drain(stack, found)
        stack.stop("worker")
    stack.redis.flushall()
    stack.start_worker()
    _press_meanwhile(stack, found)
    _show(stack, found)
    return _figures(found)


def _drain(stack: Stack, found: Found) -> None:
    _drain_few(stack, WARM_JOBS)
    before_per_s = _drain_few(stack, FEW_JOBS)
    found.kib = pile_up(stack, list(islice(_ids, found.jobs)))
    report.progress(f"{found.jobs:,} jobs wait")
    found.many_per_s = drain_per_s(stack.redis)
    stack.redis.delete(*(redis_client.key(name) for name in (lanes.DEFAULT, f"{lanes.DEFAULT}.msgs")))
    found.few_per_s = (before_per_s + _drain_few(stack, FEW_JOBS)) / 2


def _drain_few(stack: Stack, jobs: int) -> float:
    """Before and after the many, as the machine may be faster at one time than at another."""
    pile_up(stack, list(islice(_ids, jobs)))
    rate = drain_per_s(stack.redis)
    report.progress(f"{jobs:,} jobs drained")
    return rate


def _press_meanwhile(stack: Stack, found: Found) -> None:
    stack.set_webhook()
    looking = chat.look(stack, BUYERS)
    known = min(found.jobs, KNOWN)
    pile_up(stack, [_known(stack) for _ in range(known)])
    pile_up(stack, list(islice(_ids, found.jobs - known)))
    with driving.heard(stack, "sendMessage") as answers:
        started = time.perf_counter()
        found.taps_ms = driving.taps_ms(stack, looking, TAPS)
        found.answered_per_s = answers.qsize() / (time.perf_counter() - started)
        report.progress("people pressed")
        found.goods_ms = chat.payment_to_goods_ms(stack, looking)


def _known(stack: Stack) -> int:
    """Somebody who may be written to."""
    person = stack.telegram.person(next(_ids), "Guest")
    person.user.started = True
    return person.id


def _figures(found: Found) -> list[report.Figure]:
    note, ratio = f"{found.jobs:,} wait", found.many_per_s / found.few_per_s
    answered = found.answered_per_s / telegram_limits.SCREENS.count
    return [
        *report.latencies(f"tap to screen at 10/s, {note}", found.taps_ms, p50=None, p99=TAP_MS),
        *report.latencies(f"payment to goods at 5/s, {note}", found.goods_ms, p50=None, p99=GOODS_MS),
        report.figure(f"jobs a second, {note} / few", ratio, "", least=LEAST_RATE),
        report.figure(f"answers sent, {note} / Telegram's limit", answered, "", least=LEAST_ANSWERED),
    ]


def _show(stack: Stack, found: Found) -> None:
    tap, late_tap = (report.percentile(found.taps_ms, percent) for percent in (50, 99))
    goods, late_goods = (report.percentile(found.goods_ms, percent) for percent in (50, 99))
    rows = [
        ("jobs a second where Telegram costs nothing", f"{found.many_per_s:,.0f}"),
        (f"the same, when {FEW_JOBS:,} wait", f"{found.few_per_s:,.0f}"),
        ("answers a second within Telegram's limits", found.answered_per_s),
        ("meanwhile, from a tap to the screen, p50 and p99", f"{tap:,.0f} and {late_tap:,.0f} ms"),
        ("meanwhile, from a payment to the goods, p50 and p99", f"{goods:,.0f} and {late_goods:,.0f} ms"),
        ("memory of Redis", f"{found.kib * found.jobs / 1024:,.0f} MiB, {found.kib:.2f} KiB a job"),
    ]
    limit = (
        f"what Telegram lets a bot send, some {telegram_limits.SCREENS.count} messages a second: who typed "
        f"waits; and the memory of Redis, of which {PLAN_MIB} MiB hold some "
        f"{PLAN_MIB * 1024 * backpressure.FULL / found.kib:,.0f} jobs: what is more, Telegram keeps"
    )
    tables.show("queue", [f"{found.jobs:,} messages wait", ""], rows, limit)


def pile_up(stack: Stack, people: Sequence[int]) -> float:
    """One message of each of them; returns the KiB that Redis takes for one."""
    before = int(stack.redis.info("memory")["used_memory"])
    typed = iter(people)
    while some := list(islice(typed, wire.BATCH)):
        wire.send(stack.redis, [(wire.update(_message(person)), 0) for person in some])
    return (int(stack.redis.info("memory")["used_memory"]) - before) / max(1, len(people)) / 1024


def _message(person: int) -> dict[str, object]:
    who = {"id": person, "is_bot": False, "first_name": "Guest"}
    message = {
        "message_id": 1,
        "date": int(time.time()),
        "chat": {"id": person, "type": "private", "first_name": "Guest"},
        "from": who,
        "text": "LIST PRODUK",
    }
    return {"update_id": 1_200_000_000 + person, "message": message}


def waiting(client: redis.Redis) -> int:
    return int(client.llen(redis_client.key(lanes.DEFAULT)))


def drain_per_s(client: redis.Redis) -> float:
    """Jobs that went in a second, until none is left or it is clear how fast they go."""
    before, started = waiting(client), time.perf_counter()
    while (left := waiting(client)) and time.perf_counter() - started < DRAIN_S:
        time.sleep(0.02)
    return (before - left) / (time.perf_counter() - started)

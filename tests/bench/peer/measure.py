"""The shop and its peer in turn, in one run, against the same stand-ins. What counts are the ratios."""

from __future__ import annotations

import statistics
from collections import defaultdict

from tests.bench import chat, report
from tests.bench.peer import driving, sides
from tests.bench.peer.sides import Side
from tests.support.stack import Stack

#: Each round is a pair; what else the machine does falls on both.
ROUNDS = 5
TAPS, SERVED, THREADS = 100, 300, 8

TAP, RATE, GOODS, LATE_GOODS, MEMORY = (
    "tap to screen p50",
    "updates a second",
    "payment to goods p50",
    "payment to goods p99",
    "memory (PSS)",
)
UNITS = {TAP: "ms", RATE: "/s", GOODS: "ms", LATE_GOODS: "ms", MEMORY: "MiB"}
#: At most, or for the rate at least, so many times what the peer has.
TARGETS = {TAP: 1.15, RATE: 1.0, GOODS: 2.0, LATE_GOODS: 2.5, MEMORY: None}
TWO_PROCESSES = 1.8

Values = dict[str, list[float]]


def measure(stack: Stack) -> list[report.Figure]:
    """One worker process of 8 threads, then two of them."""
    stack.start_web()
    stack.start_worker(threads=THREADS)
    stack.start("clock", "workers.clock")
    chat.sell()
    shop, peer = sides.Shop(stack, stack.web_url), sides.start_peer(stack)
    figures = _compared(*_rounds(shop, peer, _everything), TARGETS, "")
    stack.stop("worker")
    stack.start_worker(processes=2, threads=THREADS)
    return figures + _compared(*_rounds(shop, peer, _rate), {RATE: TWO_PROCESSES}, ", two processes")


def _rounds(shop: Side, peer: Side, look) -> tuple[Values, Values]:  # type: ignore[no-untyped-def]
    found: dict[str, Values] = {side.name: defaultdict(list) for side in (shop, peer)}
    for number in range(ROUNDS):
        for side in (shop, peer) if number % 2 else (peer, shop):
            side.enter()
            driving.served_per_s(side.stack, side.looking, len(side.looking))  # connections, caches
            for what, value in look(side).items():
                found[side.name][what].append(value)
    return found[shop.name], found[peer.name]


def _everything(side: Side) -> dict[str, float]:
    taps_ms = driving.taps_ms(side.stack, side.looking, TAPS)
    goods_ms = driving.goods_ms(side.stack, side.open_orders())
    return {
        TAP: statistics.median(taps_ms),
        GOODS: statistics.median(goods_ms),
        LATE_GOODS: report.percentile(goods_ms, 99),
        MEMORY: side.pss_mib(),
        **_rate(side),
    }


def _rate(side: Side) -> dict[str, float]:
    return {RATE: driving.served_per_s(side.stack, side.looking, SERVED)}


def _compared(shop: Values, peer: Values, targets: dict[str, float | None], note: str) -> list[report.Figure]:
    """The middle of each, and of the ratios of the rounds."""
    figures = []
    for what, target in targets.items():
        ratio = statistics.median(ours / theirs for ours, theirs in zip(shop[what], peer[what], strict=True))
        bound = {"least": target} if what == RATE else {"below": target}
        figures += [
            report.figure(f"{what}{note}, shop", statistics.median(shop[what]), UNITS[what]),
            report.figure(f"{what}{note}, peer", statistics.median(peer[what]), UNITS[what]),
            report.figure(f"{what}{note}, shop / peer", ratio, "", **bound),
        ]
    return figures

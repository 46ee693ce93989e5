"""The shop and its peer in turn, in one run, against the same stand-ins. What counts are the ratios."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import PIPE

from tests.bench import chat, report
from tests.bench.peer import driving, sides
from tests.bench.peer.driving import IN_FLIGHT
from tests.bench.peer.sides import Side
from tests.support.stack import ROOT, Stack, free_port

#: Each round is a pair; what else the machine does falls on both. All of it takes some four minutes.
ROUNDS, THREADS = 3, 8
#: Where two processes use both cores, a neighbour on the same host takes more from the shop than from the
#: peer, for some seconds: of many short rounds the middle one is hardly bent by that.
RATE_ROUNDS = 7
WARM_TAPS, TAPS = 20, 80
#: Whoever presses first is new; nobody is after these, and every connection knows its statements. A round of
#: a few seconds is more than one sweep of the clock, or one checkpoint, can bend.
WARM_PRESSES, PRESSES = 1200, 1500

TAP, GOODS, LATE_GOODS = "tap to screen p50", "payment to goods p50", "payment to goods p99"
RATE, PROCESSOR, MEMORY = "updates a second", "processor time of an update", "memory (PSS)"
UNITS = {TAP: "ms", RATE: "/s", PROCESSOR: "ms", GOODS: "ms", LATE_GOODS: "ms", MEMORY: "MiB"}

Targets = dict[str, float | None]

#: At most, or for the rate at least, so many times what the peer has; rates by worker processes.
WAITS: Targets = {TAP: 1.15, GOODS: 2.0, LATE_GOODS: 2.5, MEMORY: None}
SERVED: dict[int, Targets] = {1: {RATE: 1.0, PROCESSOR: None}, 2: {RATE: 1.8, PROCESSOR: None}}

Values = dict[str, list[float]]
Look = Callable[[Side], dict[str, float]]
#: Presses a second: at this URL, so many.
Press = Callable[[str, int], float]


def measure(stack: Stack) -> list[report.Figure]:
    """Whom people wait for at both; then how many both serve, with one worker process and with two."""
    stack.start_web()
    stack.start("clock", "workers.clock")
    stack.start_worker(threads=THREADS)
    chat.sell()
    shop: Side = sides.Shop(stack, stack.web_url)
    peer: Side = sides.start_peer(stack)
    report.progress("people come to look at both")
    shop.gather()
    peer.gather()
    figures = _compared(*_rounds(shop, peer, ROUNDS, _waits), WAITS, "")
    with quick_telegram(stack) as press:
        for processes, targets in SERVED.items():
            shop, peer = _restarted(stack, processes)
            for side in (shop, peer):
                report.progress(f"worker processes: {processes}, {side.name} warms up")
                press(side.url, WARM_PRESSES)
            rates = _rounds(shop, peer, RATE_ROUNDS, lambda side: _rate(side, press))
            figures += _compared(*rates, targets, f", worker processes: {processes}")
    return figures


def _rounds(shop: Side, peer: Side, rounds: int, look: Look) -> tuple[Values, Values]:
    found: dict[str, Values] = {side.name: defaultdict(list) for side in (shop, peer)}
    for number in range(rounds):
        for side in (shop, peer) if number % 2 else (peer, shop):
            values = look(side)
            told = ", ".join(f"{what} {value:.3g} {UNITS[what]}" for what, value in values.items())
            report.progress(f"round {number + 1} of {rounds}, {side.name}: {told}")
            for what, value in values.items():
                found[side.name][what].append(value)
    return found[shop.name], found[peer.name]


def _waits(side: Side) -> dict[str, float]:
    side.enter()
    driving.taps_ms(side.stack, side.looking, WARM_TAPS)
    taps_ms = driving.taps_ms(side.stack, side.looking, TAPS)
    goods_ms = driving.goods_ms(side.stack, side.open_orders())
    return {
        TAP: statistics.median(taps_ms),
        GOODS: statistics.median(goods_ms),
        LATE_GOODS: report.percentile(goods_ms, 99),
        MEMORY: side.pss_mib(),
    }


def _restarted(stack: Stack, processes: int) -> tuple[Side, Side]:
    """Both with what stands in the environment now."""
    stack.stop("worker")
    stack.stop("peer")
    stack.start_worker(processes=processes, threads=THREADS)
    return sides.Shop(stack, stack.web_url), sides.start_peer(stack)


def _rate(side: Side, press: Press) -> dict[str, float]:
    before_s = side.stack.processor_s(*side.processes)
    rate = press(side.url, PRESSES)
    spent_s = side.stack.processor_s(*side.processes) - before_s
    return {RATE: rate, PROCESSOR: spent_s / PRESSES * 1000}


@contextmanager
def quick_telegram(stack: Stack) -> Iterator[Press]:
    """Whoever starts meanwhile talks to a Bot API that costs nothing; the result presses at a URL."""
    port, before = free_port(), stack.env["TELEGRAM_API_URL"]
    command = [sys.executable, "-m", "tests.bench.peer.quick", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        orders, answers = process.stdin, process.stdout

        def press(url: str, count: int) -> float:
            secret = stack.env["TELEGRAM_WEBHOOK_SECRET"]
            print(f"{url}/webhooks/telegram", secret, count, file=orders, flush=True)
            rate, lost = answers.readline().split()
            if int(lost) >= IN_FLIGHT:
                raise RuntimeError(f"{url} served nobody any more, {lost} presses were lost")
            if int(lost):
                report.progress(f"{lost} of {count} presses were lost at {url}")
            return float(rate)

        stack.env["TELEGRAM_API_URL"] = f"http://127.0.0.1:{port}"
        try:
            yield press
        finally:
            stack.env["TELEGRAM_API_URL"] = before
            orders.close()


def _compared(shop: Values, peer: Values, targets: Targets, note: str) -> list[report.Figure]:
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

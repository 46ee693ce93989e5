"""What metrics and audit cost, and whether they say the same as the bench."""

from __future__ import annotations

import statistics
import time
from bisect import bisect_left

import httpx
from prometheus_client.parser import text_string_to_metric_families

from app.infra.metrics import counters, reporter, windows
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from tests.bench import chat, report
from tests.support.stack import Stack

#: Pairs of runs; the machine's other work falls on both of a pair.
ROUNDS = 3
GOODS = "quickcart_payment_to_goods_seconds"


def measure_cost(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    """Updates that a worker which counts, or writes the audit, handles in a second of processor time, as a
    share of those of one that does not."""
    return [
        report.figure(f"updates with {what}, beside none", _beside(stack, looking, without), "", least=0.95)
        for what, without in (("metrics", "tests.bench.uncounted"), ("audit", "tests.bench.unaudited"))
    ]


def _beside(stack: Stack, looking: list[tuple[Person, Message]], without: str) -> float:
    """Many must look, as nobody may press more than 30 times a minute."""
    ratios = []
    for number in range(ROUNDS):
        order = [("workers.actors",), (without,)]
        spent_s = {}
        for modules in order if number % 2 else reversed(order):
            stack.stop("worker")
            stack.start_worker(*modules)
            chat.updates_per_s(stack, looking, "+", count=len(looking))  # the first ones import and connect
            before_s = stack.processor_s("worker")
            chat.updates_per_s(stack, looking, "+", "-", count=2 * len(looking))
            spent_s[modules] = stack.processor_s("worker") - before_s
        ratios.append(spent_s[order[1]] / spent_s[order[0]])
    stack.stop("worker")
    stack.start_worker()
    return statistics.median(ratios)


def measure_goods(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    """By how many buckets /metrics and the bench disagree about the same payments."""
    before = _buckets(stack)
    delays_ms = chat.payment_to_goods_ms(stack, looking)
    time.sleep(2 * reporter.EVERY_S)
    after = _buckets(stack)
    grown = {bound: amount - before.get(bound, 0.0) for bound, amount in after.items()}
    return [
        report.figure(
            f"payment to goods p{percent}, /metrics beside the bench, buckets apart",
            abs(_bucket(windows.of_buckets(grown, percent / 100)) - _bucket(measured_ms / 1000)),
            "",
            below=1.5,
        )
        for percent in (95, 99)
        if (measured_ms := report.percentile(delays_ms, percent))
    ]


def _bucket(seconds: float | None) -> int:
    return bisect_left(counters.BUCKETS_S, seconds or 0.0)


def _buckets(stack: Stack) -> dict[float, float]:
    """How many deliveries took at most each bound, and longer than the one before, as /metrics says."""
    text = httpx.get(f"{stack.web_url}/metrics").raise_for_status().text
    within = {
        float(sample.labels["le"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == f"{GOODS}_bucket" and sample.labels["method"] == "qris"
    }
    bounds = sorted(within)
    below = [0.0, *(within[bound] for bound in bounds)]
    return {bound: within[bound] - less for bound, less in zip(bounds, below, strict=False)}

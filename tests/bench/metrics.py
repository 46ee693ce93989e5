"""What metrics and audit cost, and whether they say the same as the bench."""

from __future__ import annotations

import time
from bisect import bisect_left
from contextlib import suppress

import httpx
import psutil
from prometheus_client.parser import text_string_to_metric_families

from app.bot.toolkit import callbacks
from app.catalogue import products
from app.infra.metrics import counters, reporter, windows
from app.sales import orders, wallet
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Button, Message
from models import Order, db
from tests.bench import chat, report, switches
from tests.support.stack import Stack, await_true

#: Pairs of blocks, short ones: the machine's other work falls on both of a pair, and comes and goes within
#: seconds.
PAIRS, BUYERS = 20, 30
GOODS = "quickcart_payment_to_goods_seconds"
FUNDS = 10_000_000


def measure_cost(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    """Updates that a shop which counts, or writes the audit, handles in a second of processor time, as a
    share of those without. Of four updates one is a purchase by balance."""
    looking = looking[:BUYERS]
    with db.connection_context():
        for person, _ in looking:
            wallet.post(person.id, FUNDS, f"bench:{person.id}")
    stack.stop("worker")
    stack.start_worker("tests.bench.switched")
    _buy(stack, looking)  # the first ones import and connect
    figures = [
        report.figure(f"updates with {what}, beside none", _beside(stack, looking, what), "", least=0.95)
        for what in (switches.METRICS, switches.AUDIT)
    ]
    stack.stop("worker")
    stack.start_worker()
    return figures


def _beside(stack: Stack, looking: list[tuple[Person, Message]], what: str) -> float:
    """Of sums, as the kernel tells of hundredths of a second, and a block takes one."""
    spent_s = {what: 0.0, "": 0.0}
    for number in range(PAIRS):
        for left_out in (what, "") if number % 2 else ("", what):
            switches.leave_out(stack.redis, left_out)
            before_s = _processor_s()
            _buy(stack, looking)
            spent_s[left_out] += _processor_s() - before_s
    switches.leave_out(stack.redis, "")
    return spent_s[what] / spent_s[""]


def _buy(stack: Stack, looking: list[tuple[Person, Message]]) -> None:
    """Each looks at more and at less, at the summary, and pays; returns when all have their goods."""
    with db.connection_context():
        mark = products.mark(products.get(chat.PRODUCT))
        latest = {person.id: orders.latest_id(person.id) for person, _ in looking}
    before = _delivered()
    for press in ("more", "less", "summary", "pay"):
        for person, message in looking:
            seen = (25_000, latest[person.id], 0, mark)
            person.tap(message, Button("", 0, 0, _data(press, seen)))
    await_true(lambda: _delivered() >= before + len(looking), "goods")


def _data(press: str, seen: tuple[int, ...]) -> str:
    """What the buttons of the screens carry; a person sees them one after another."""
    if press == "pay":
        return callbacks.pack("pay", chat.PRODUCT, 1, *seen)
    if press == "summary":
        return callbacks.pack("summary", chat.PRODUCT, 1)
    return callbacks.pack("product", chat.PRODUCT, 2 if press == "more" else 1)


def _delivered() -> int:
    with db.connection_context():
        return int(Order.select().where(Order.state == Order.DELIVERED).count())


def _processor_s() -> float:
    """What all processes of the shop have used, its servers included: on a busy machine that is what decides
    how many updates there are a second."""
    spent_s = 0.0
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a connection of PostgreSQL's that was closed meanwhile
            spent_s += sum(each.cpu_times()[:4])
    return spent_s


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

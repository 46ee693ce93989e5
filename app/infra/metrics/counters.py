"""What is counted: each process adds to its own objects. No label holds a person, product or invoice.

At most 40 names in all, those of `gauges` included; each ends with its unit, as Prometheus wants it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram

#: From a local answer to the longest that a job may take.
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


@dataclass(frozen=True)
class Family:
    """What Prometheus is told of one name: `kind` is its word for it."""

    kind: str
    about: str
    labels: tuple[str, ...]


#: By name, that of a counter without its `_total`.
FAMILIES: dict[str, Family] = {}
registry = CollectorRegistry()


def _histogram(name: str, about: str, *labels: str) -> Histogram:
    FAMILIES[name] = Family("histogram", about, labels)
    return Histogram(name, about, labels, buckets=BUCKETS_S, registry=registry)


def _counter(name: str, about: str, *labels: str) -> Counter:
    FAMILIES[name] = Family("counter", about, labels)
    return Counter(name, about, labels, registry=registry)


API_CALLS = _histogram(
    "quickcart_api_call_seconds",
    "Calls to Telegram and Pakasir, by how they ended; of a long poll only what it took beyond its wait.",
    "api",
    "call",
    "outcome",
)
REQUESTS = _histogram(
    "quickcart_request_seconds", "Webhooks received, by what was answered.", "receiver", "status"
)
JOBS = _histogram("quickcart_job_seconds", "Runs of jobs, by how they ended.", "actor", "outcome")
GOODS = _histogram(
    "quickcart_payment_to_goods_seconds",
    "From the first word of a payment to the last of its goods at Telegram.",
    "method",
)
RESTORED = _counter("quickcart_outbox_restored_jobs", "Promised jobs that Redis had lost.")

#: What each minute keeps for three days: some labels, and of some how long it took. All of it would fill the
#: Redis of the smallest plans.
MINUTE_LABELS: Mapping[str, tuple[str, ...]] = {
    "quickcart_api_call_seconds": ("api", "outcome"),
    "quickcart_request_seconds": ("receiver", "status"),
    "quickcart_job_seconds": ("outcome",),
    "quickcart_payment_to_goods_seconds": (),
}
MINUTE_BUCKETS = {"quickcart_api_call_seconds", "quickcart_payment_to_goods_seconds"}

#: How an API call ends when the other side, or the way there, is not well. A refusal is an answer.
BAD_OUTCOMES = {"unreachable", "silent", "malformed", "turnedaway", "broken"}

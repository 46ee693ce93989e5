"""The text of GET /metrics: Redis' numbers in the words of Prometheus. Reads no database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
import redis.asyncio
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from app.infra.metrics import counters, gauges, processes, reporter
from app.infra.metrics.gauges import Measured
from app.infra.metrics.processes import Process

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

AGE = ("quickcart_measured_age_seconds", "For how long the gauges have not been measured.")
PROCESSES = ("quickcart_processes", "Processes that live.")
THREADS = ("quickcart_worker_threads", "Threads of the workers.")
NAMES = {*counters.FAMILIES, *gauges.FAMILIES, *gauges.LOOKS, AGE[0], PROCESSES[0], THREADS[0]}

Key = tuple[str, ...]


async def read(client: redis.asyncio.Redis) -> bytes:
    """Everything of the deployment. Raises redis errors."""
    async with client.pipeline(transaction=False) as pipe:
        pipe.hgetall(reporter.key("totals"))
        pipe.hgetall(reporter.key("processes"))
        gauges.ask(pipe)
        totals, said, content, looks, now = await pipe.execute()
    families = [
        *_counted(totals),
        *_measured(gauges.parse(content, looks, now)),
        *_alive(processes.parse(said, now)),
    ]
    return generate_latest(_Fixed(families))


class _Fixed(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _counted(totals: Mapping[bytes, bytes]) -> Iterator[Metric]:
    """Numbers of another release that do not fit this one's labels are left out."""
    known: dict[str, dict[Key, float]] = defaultdict(dict)
    for field, amount in totals.items():
        if field.startswith(b"["):
            name, *values = orjson.loads(field)
            known[name][tuple(values)] = float(amount)
    for name, family in counters.FAMILIES.items():
        if family.kind == "counter":
            yield _counter(name, family, known[f"{name}_total"])
        else:
            yield _histogram(name, family, known[f"{name}_bucket"], known[f"{name}_sum"])


def _counter(name: str, family: counters.Family, known: dict[Key, float]) -> Metric:
    metric = CounterMetricFamily(name, family.about, labels=family.labels)
    for values, amount in known.items():
        if len(values) == len(family.labels):
            metric.add_metric(values, amount)
    return metric


def _histogram(name: str, family: counters.Family, known: dict[Key, float], sums: dict[Key, float]) -> Metric:
    children: dict[Key, dict[float, float]] = defaultdict(dict)
    for (*values, bound), amount in known.items():
        if len(values) == len(family.labels):
            children[tuple(values)][float(bound)] = amount
    metric = HistogramMetricFamily(name, family.about, labels=family.labels)
    for labels, amounts in children.items():
        metric.add_metric(labels, list(_summed_up(amounts)), sums.get(labels, 0.0))
    return metric


def _summed_up(amounts: dict[float, float]) -> Iterator[tuple[str, float]]:
    within = 0.0
    for bound in sorted({*counters.BUCKETS_S, float("inf"), *amounts}):
        within += amounts.get(bound, 0.0)
        yield floatToGoString(bound), within  # type: ignore[no-untyped-call]


def _measured(measured: Measured | None) -> Iterator[Metric]:
    if measured is None:
        return
    for name, family in (gauges.FAMILIES | gauges.LOOKS).items():
        metric = GaugeMetricFamily(name, family.about, labels=family.labels)
        for known, labels, value in measured.values:
            if known == name:
                metric.add_metric(labels, value)
        if metric.samples:
            yield metric
    if measured.age_s is not None:
        yield GaugeMetricFamily(*AGE, value=measured.age_s)


def _alive(alive: list[Process]) -> Iterator[Metric]:
    """Of a worker that lives nowhere there is a 0: an absent number alarms nobody."""
    count = Counter(process.kind for process in alive)
    metric = GaugeMetricFamily(*PROCESSES, labels=["process"])
    for kind in sorted({"web", "worker", "clock", *count}):
        metric.add_metric([kind], count[kind])
    busy, threads = sum(one.busy for one in alive), sum(one.threads for one in alive)
    states: Any = GaugeMetricFamily(*THREADS, labels=["state"])
    states.add_metric(["busy"], busy)
    states.add_metric(["idle"], threads - busy)
    yield from (metric, states)

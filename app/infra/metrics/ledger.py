"""What this process has counted and Redis does not have yet, as differences: a process that ends takes no
number back, and a Redis that was emptied looks like a counter that began anew.

Buckets are kept apart, not summed up as in the text of Prometheus: one observation changes one number.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
from prometheus_client import CollectorRegistry

from app.infra.metrics import counters

BUCKET, CREATED, COUNT = "_bucket", "_created", "_count"


def field(name: str, *values: str) -> str:
    """How a number is called in Redis: its sample's name and the values of its labels."""
    return orjson.dumps([name, *values]).decode()


@dataclass(frozen=True)
class Batch:
    """Differences to be added once: Redis knows a batch by its process and number."""

    process: str
    number: int
    totals: dict[str, float]
    minute: dict[str, float]

    def arguments(self) -> list[str | int | float]:
        """What the script takes: process, number, how many totals, (field, amount) of totals and minute."""
        flat = [part for numbers in (self.totals, self.minute) for pair in numbers.items() for part in pair]
        return [self.process, self.number, len(self.totals), *flat]


class Ledger:
    """Thread-safe. A batch stays the same until it is `booked`: its first try may have worked."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self.forget()

    def forget(self) -> None:
        """Begin anew from here: what was counted so far is somebody else's, as after a fork."""
        self._lock = threading.Lock()
        self._process, self._number = uuid.uuid4().hex, 0
        self._waiting: Batch | None = None
        self._booked = dict(self._counted())

    def batch(self) -> Batch:
        with self._lock:
            if self._waiting is None:
                self._waiting = self._next()
            return self._waiting

    def booked(self, batch: Batch) -> None:
        with self._lock:
            if self._waiting is batch:
                self._waiting = None

    def _next(self) -> Batch:
        self._number += 1
        totals: dict[str, float] = {}
        minute: dict[str, float] = defaultdict(float)
        for key, value in self._counted():
            if grown := value - self._booked.get(key, 0.0):
                self._booked[key] = value
                totals[field(*key)] = grown
                if kept := _of_minute(key):
                    minute[kept] += grown
        return Batch(self._process, self._number, totals, dict(minute))

    def _counted(self) -> Iterator[tuple[tuple[str, ...], float]]:
        """Every number but for what follows from others."""
        for metric in self._registry.collect():
            below = 0.0
            for sample in metric.samples:
                if sample.name.endswith((CREATED, COUNT)):
                    continue
                value = sample.value
                if sample.name.endswith(BUCKET):
                    value -= below
                    below = 0.0 if sample.labels["le"] == "+Inf" else sample.value
                yield (sample.name, *sample.labels.values()), value


def _of_minute(key: tuple[str, ...]) -> str | None:
    """Where the minute counts it; several numbers may become one there."""
    name, *values = key
    family = name.removesuffix(BUCKET)
    kept = counters.MINUTE_LABELS.get(family)
    if kept is None or not name.endswith(BUCKET):
        return None
    labels = dict(zip(counters.FAMILIES[family].labels, values, strict=False))
    upto = values[-1:] if family in counters.MINUTE_BUCKETS else []
    return field(family, *(labels[label] for label in kept), *upto)


own = Ledger(counters.registry)
os.register_at_fork(after_in_child=own.forget)

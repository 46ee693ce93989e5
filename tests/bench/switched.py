"""`dramatiq tests.bench.switched`: the shop's actors in a process that leaves out its counting, or its audit,
while the bench wants that. So both are measured in one process, moments apart."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from typing import Any

from app import audit
from app.audit import shipping
from app.infra import limits
from app.infra.metrics import counters, reporter
from tests.bench import switches

_now = {"without": ""}


def _follow() -> None:
    look = threading.Event()
    while not look.wait(switches.LOOK_S):
        _now["without"] = switches.left_out()


def _unless(left_out: str, real: Callable[..., Any], instead: Callable[[], Any]) -> Callable[..., Any]:
    def chosen(*args: Any, **options: Any) -> Any:
        return instead() if _now["without"] == left_out else real(*args, **options)

    return chosen


def _forget() -> None:
    """Calls of this thread that wait for an event to be written with."""
    audit._made.calls.clear()


class Nothing:
    """A counter that does not count."""

    def labels(self, *_: str) -> Nothing:
        return self

    def observe(self, _: float) -> None:
        pass

    def inc(self, _: float = 1) -> None:
        pass


for metric in (counters.API_CALLS, counters.JOBS, counters.GOODS):
    metric.labels = _unless(switches.METRICS, metric.labels, Nothing)  # type: ignore[method-assign]
reporter.Thread.report = _unless(switches.METRICS, reporter.Thread.report, bool)  # type: ignore[method-assign]
audit.record = _unless(switches.AUDIT, audit.record, bool)
audit.write_calls = _unless(switches.AUDIT, audit.write_calls, _forget)
shipping.ship = _unless(switches.AUDIT, shipping.ship, int)
for name, quota in limits.USER_QUOTAS.items():
    limits.USER_QUOTAS[name] = dataclasses.replace(quota, most=100_000)

import tests.bench.unlimited  # noqa: E402, F401

threading.Thread(target=_follow, daemon=True).start()

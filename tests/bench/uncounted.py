"""`dramatiq tests.bench.uncounted`: the shop's actors in a process that counts and reports nothing, to show
what metrics cost."""

from __future__ import annotations

from typing import Any

from app.infra.metrics import counters, reporter


class Nothing:
    """A counter that does not count."""

    def labels(self, *_: str) -> Nothing:
        return self

    def observe(self, _: float) -> None:
        pass

    def inc(self, _: float = 1) -> None:
        pass


nothing: Any = Nothing()
counters.API_CALLS = counters.JOBS = counters.GOODS = counters.RESTORED = nothing
reporter.Thread.report = lambda *_args, **_options: None  # type: ignore[method-assign]

import workers.actors  # noqa: E402, F401

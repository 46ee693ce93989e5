"""`dramatiq tests.bench.unlimited`: the shop's actors with a limiter that always has room, to measure what a
worker could send."""

from __future__ import annotations

from app.clients import telegram_limits
from app.infra.limits import Rate

telegram_limits.ALL = telegram_limits.REST = Rate("telegram:messages", count=100_000, burst=100_000)
telegram_limits.BULK = Rate("telegram:bulk", count=100_000, burst=100_000)

import workers.actors  # noqa: E402, F401

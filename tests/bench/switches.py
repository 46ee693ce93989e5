"""What a running worker leaves out for a while (see `switched.py`), and how the bench says so."""

from __future__ import annotations

import time

import redis

from app.infra import redis_client

METRICS, AUDIT = "metrics", "audit"
#: The worker looks so often.
LOOK_S = 0.1
_KEY = ("bench", "without")


def leave_out(server: redis.Redis, what: str) -> None:
    """Nothing of what there is when it is empty; returns when the worker knows."""
    server.set(redis_client.key(*_KEY), what)
    time.sleep(3 * LOOK_S)


def left_out() -> str:
    said = redis_client.shared().get(redis_client.key(*_KEY))
    return said.decode() if isinstance(said, bytes) else said or ""

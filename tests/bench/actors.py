"""An actor that tells when it began, for the queue's own latency."""

from __future__ import annotations

import time

import dramatiq

from app.infra import redis_client
from app.infra.queue import broker
from workers.boot import Boot

broker.setup().add_middleware(Boot())
_redis = redis_client.connect(connections=10)


@dramatiq.actor
def stamp(sent_ns: int) -> None:
    _redis.rpush("bench:stamps", time.time_ns() - sent_ns)

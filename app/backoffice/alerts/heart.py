"""What Redis tells of the shop: who lives, how full it is, and that the rules are being judged."""

from __future__ import annotations

import redis

from app.backoffice.alerts.reading import Reading
from app.infra import redis_client
from app.infra.queue import process

#: The mark that the rules were judged lasts so long.
FRESH_S = 90
FULL_PERCENT = 80
#: The sign of life of a worker that is no more is there for so long.
WORKER_EXPIRES_S = process.HEARTBEAT_EXPIRES_S


def redis_away() -> Reading:
    """Whether Redis, which carries every job, does not answer."""
    try:
        redis_client.shared().ping()
    except redis.RedisError:
        return Reading(True, False)
    return Reading(False, True)


def workers() -> Reading | None:
    """Whether any worker beats. None when Redis cannot be asked."""
    try:
        beats = redis_client.shared().exists(redis_client.key("heartbeat", "worker"))
    except redis.RedisError:
        return None
    return Reading(not beats, bool(beats))


def redis_memory() -> Reading:
    """Raises redis errors."""
    memory = redis_client.shared().info("memory")
    limit = int(memory.get("maxmemory", 0))
    if not limit:
        return Reading(False, True)
    percent = 100 * int(memory["used_memory"]) // limit
    return Reading(percent > FULL_PERCENT, percent <= FULL_PERCENT, {"percent": percent})


def beat() -> None:
    redis_client.shared().set(redis_client.key("heartbeat", "alerts"), 1, ex=FRESH_S)


def is_fresh() -> bool:
    """Whether the rules were judged a moment ago. False when that cannot be known."""
    try:
        return bool(redis_client.shared().exists(redis_client.key("heartbeat", "alerts")))
    except redis.RedisError:
        return False

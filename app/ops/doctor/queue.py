"""The doctor's look at Redis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import redis

from app.infra import redis_client
from app.ops.doctor.line import Line, ok, warning, wrong

OLDEST = 7
FULL = 0.8


def look() -> Iterator[Line]:
    try:
        with redis_client.connect(timeout_s=3.0, retries=0) as client:
            info: dict[str, Any] = client.info()
            yield _version(info)
            yield _eviction(info)
            yield _persistence(client, info)
            yield _memory(info)
    except redis.RedisError as error:
        said = redis_client.said(error)
        yield wrong("redis", f"it does not answer ({said})", "start it, or correct REDIS_URL")


def _version(info: dict[str, Any]) -> Line:
    version = str(info.get("valkey_version") or info.get("redis_version", "0"))
    if int(version.partition(".")[0]) < OLDEST:
        return wrong("redis", f"version {version} is too old for the queue", f"take Redis {OLDEST} or Valkey")
    return ok("redis", f"version {version}")


def _eviction(info: dict[str, Any]) -> Line:
    policy = info.get("maxmemory_policy", "unknown")
    if policy != "noeviction":
        return wrong(
            "redis eviction",
            f"{policy}: a full Redis throws jobs away",
            "set maxmemory-policy noeviction (heroku redis:maxmemory --policy noeviction)",
        )
    return ok("redis eviction", "none: jobs are never thrown away")


def _persistence(client: redis.Redis, info: dict[str, Any]) -> Line:
    if info.get("aof_enabled"):
        return ok("redis persistence", "it keeps its data over a restart")
    try:
        snapshots = client.config_get("save").get("save")
    except redis.RedisError:  # a platform that hides its settings
        snapshots = None
    if snapshots:
        return ok("redis persistence", "it writes snapshots")
    return warning(
        "redis persistence",
        "it may forget everything with a restart; jobs come back from PostgreSQL within seconds",
        "appendonly yes, where you may set it",
    )


def _memory(info: dict[str, Any]) -> Line:
    used, most = int(info.get("used_memory", 0)), int(info.get("maxmemory", 0))
    if most and used > most * FULL:
        return warning("redis memory", f"{used / most:.0%} of its memory is in use", "take a larger plan")
    return ok("redis memory", f"{used / 1e6:.0f} MB in use" + (f" of {most / 1e6:.0f}" if most else ""))


PROBES = (look,)

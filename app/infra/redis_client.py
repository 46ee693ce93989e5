"""Redis connections, built from `REDIS_URL` in one place, and the names of keys."""

from __future__ import annotations

from typing import Any

import redis
import redis.asyncio
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

import settings


def key(*parts: str) -> str:
    """A key of this shop, or with no parts what all its keys begin with: two shops may share one Redis."""
    return key_of(settings.current().bot_id, *parts)


def key_of(bot_id: str, *parts: str) -> str:
    """The same for the shop of another bot."""
    return ":".join(("quickcart", bot_id, *parts))


def connect(timeout_s: float = 5.0) -> redis.Redis:
    """A thread-safe client: one retry on a broken connection, none on a time-out (it may have worked)."""
    return redis.Redis.from_url(
        settings.current().redis_url,
        **_options(timeout_s),
        retry=Retry(ConstantBackoff(0.05), 1, supported_errors=(RedisConnectionError,)),
    )


def connect_async(timeout_s: float = 1.0) -> redis.asyncio.Redis:
    """The same for an event loop, for processes that must answer quickly or say they cannot."""
    return redis.asyncio.Redis.from_url(settings.current().redis_url, **_options(timeout_s))


def _options(timeout_s: float) -> dict[str, Any]:
    options: dict[str, Any] = {
        "socket_timeout": timeout_s,
        "socket_connect_timeout": min(timeout_s, 2.0),
        "health_check_interval": 0,
        "socket_keepalive": True,
    }
    if settings.current().redis_url.startswith("rediss://"):
        # Heroku's Redis presents a certificate that it signed itself.
        options["ssl_cert_reqs"] = None
    return options

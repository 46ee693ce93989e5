"""Redis connections, built from `REDIS_URL` in one place and counted, and the names of keys.

The smallest plans allow 20 connections. A worker takes at most seven (`SHARED` for its jobs, `FEED` for what
it fetches, one for its doorbell), each process of `web` two, `clock` and `poller` one each. Whoever finds
none free waits for one.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from queue import Empty
from typing import Any

import redis
import redis.asyncio
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError

import settings
from app.infra import call_hooks, redis_retry

SHARED, FEED, DOORBELL = 4, 2, 1
WEB = 2
#: How long to wait for a connection that others use.
FREE_WITHIN_S = 5.0

LONGEST_WORDS = 300

FULL = (
    "Redis takes no more connections (max number of clients reached): the processes of the shop and whatever "
    "else uses this Redis need more than its plan allows; see Hosting in the README"
)


#: Without a look for arguments that are no longer to be given: none are.
_connection: Any = inspect.unwrap(redis.BlockingConnectionPool.get_connection)
_async_connection: Any = inspect.unwrap(redis.asyncio.BlockingConnectionPool.get_connection)


class _Pool(redis.BlockingConnectionPool):
    """Says what to do when Redis refuses a connection. Hands over one that is open without redis-py's
    statistics, which take longer than a command."""

    def get_connection(self, *_args: Any, **_options: Any) -> Any:
        try:
            return self._open_one() or _connection(self)
        except RedisConnectionError as error:
            _explain(error)
            raise

    def _open_one(self) -> Any:
        """The one that was used last, if nothing has come on it since; None where redis-py has to look."""
        if self.pid != os.getpid():
            return None
        with suppress(Empty):
            connection = self.pool.get_nowait()
            if connection and connection._sock and not call_hooks.is_readable(connection._sock):
                return connection
            self.pool.put_nowait(connection)
        return None

    def release(self, connection: Any) -> None:
        if connection.pid != self.pid or connection.should_reconnect():
            super().release(connection)  # type: ignore[no-untyped-call]
        else:
            self.pool.put_nowait(connection)


class _AsyncPool(redis.asyncio.BlockingConnectionPool):
    async def get_connection(self, *_args: Any, **_options: Any) -> Any:
        try:
            return await _async_connection(self)
        except RedisConnectionError as error:
            _explain(error)
            raise


def _explain(error: RedisConnectionError) -> None:
    if "max number of clients" in str(error):
        raise RedisConnectionError(FULL) from error


def said(error: Exception) -> str:
    """An error of Redis for the log, with what the server itself said: it is full, loading, a replica."""
    return f"{type(error).__name__}: {error}"[:LONGEST_WORDS]


def key(*parts: str) -> str:
    """A key of this shop, or with no parts what all its keys begin with: two shops may share one Redis."""
    return key_of(settings.current().bot_id, *parts)


def key_of(bot_id: str, *parts: str) -> str:
    """The same for the shop of another bot."""
    return ":".join(("quickcart", bot_id, *parts))


def heartbeat_key(process: str) -> str:
    """There for as long as the process renews it."""
    return key("heartbeat", process)


_most_shared = SHARED


def share(connections: int) -> redis.Redis:
    """The client of this process for short commands, with fewer connections. Before anybody asks for it."""
    global _most_shared
    _most_shared = connections
    return shared()


def shared() -> redis.Redis:
    """The client of this process for short commands, the same for all who ask."""
    return _shared(settings.current().redis_url)


@lru_cache(maxsize=4)
def _shared(_url: str) -> redis.Redis:
    """One a process and address: tests change the server."""
    return connect(2.0, connections=_most_shared)


class Script:
    """A Lua script on a client's connections: like redis-py's own, for a third of its processor time."""

    def __init__(self, client: redis.Redis, text: str) -> None:
        self._pool: Any = client.connection_pool
        self._text, self._sha = text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    def __call__(self, keys: Sequence[str], args: Iterable[Any]) -> Any:
        connection = self._pool.get_connection()
        try:
            return connection.retry.call_with_retry(
                lambda: self._evaluated(connection, (len(keys), *keys, *args)),
                lambda _error: connection.disconnect(),
            )
        finally:
            self._pool.release(connection)

    def _evaluated(self, connection: Any, arguments: tuple[Any, ...]) -> Any:
        connection.send_command("EVALSHA", self._sha, *arguments)
        try:
            return connection.read_response()
        except NoScriptError:  # a restarted Redis has forgotten it; this teaches it again
            connection.send_command("EVAL", self._text, *arguments)
            return connection.read_response()


def script(text: str) -> Script:
    """A Lua script on the shared connections."""
    return _script(settings.current().redis_url, text)


@lru_cache(maxsize=16)
def _script(_url: str, text: str) -> Script:
    return Script(shared(), text)


def connect(timeout_s: float = 5.0, *, connections: int = 1, retries: int = 1) -> redis.Redis:
    """A thread-safe client with connections of its own.

    One retry on a connection that is lost, none on a time-out (it may have worked).
    """
    pool = _Pool.from_url(
        settings.current().redis_url,
        max_connections=connections,
        timeout=FREE_WITHIN_S,
        retry=redis_retry.retry(retries),
        **_options(timeout_s),
    )
    return redis.Redis.from_pool(pool)


def connect_async() -> redis.asyncio.Redis:
    """The same for an event loop, for processes that must answer quickly or say they cannot."""
    pool = _AsyncPool.from_url(
        settings.current().redis_url,
        max_connections=WEB,
        timeout=FREE_WITHIN_S,
        retry=redis_retry.async_retry(1),
        **_options(1.0),
    )
    return redis.asyncio.Redis.from_pool(pool)


def _options(timeout_s: float) -> dict[str, Any]:
    options: dict[str, Any] = {
        "socket_timeout": timeout_s,
        "socket_connect_timeout": min(timeout_s, 2.0),
        "health_check_interval": 0,
    }
    if settings.current().redis_url.startswith("rediss://"):
        options["ssl_cert_reqs"] = "required" if settings.current().verifies_redis else "none"
        options["ssl_min_version"] = ssl.TLSVersion.TLSv1_2
    return options

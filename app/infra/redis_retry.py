"""When a connection to Redis is given up and dialled anew, and how often a command is tried.

After a failover the old node lives on as a replica: it answers, but takes no writes, and a connection to it
would stay there for ever. The address leads to the new one by then.
"""

from __future__ import annotations

from typing import Any

from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MasterDownError, ReadOnlyError, RedisError, ResponseError
from redis.retry import Retry

PAUSE_S = 0.05

#: What a node says that is, or just became, no place for us: the errors that redis-py knows, and others by
#: their words; old servers say them in the middle of a sentence about a script.
ELSEWHERE = (RedisConnectionError, ReadOnlyError, MasterDownError)
WORDS = ("READONLY", "MASTERDOWN", "CLUSTERDOWN", "UNBLOCKED", "LOADING", "NOREPLICAS", "NOMASTERLINK")

SUPPORTED: tuple[type[RedisError], ...] = (RedisConnectionError, ResponseError)


def lost(error: Exception) -> bool:
    """Whether another connection may do better. Not a time-out: the command may have worked."""
    return isinstance(error, ELSEWHERE) or any(word in str(error) for word in WORDS)


class _Retry(Retry):
    def call_with_retry(self, do: Any, fail: Any, is_retryable: Any = None, *rest: Any, **more: Any) -> Any:
        return super().call_with_retry(do, fail, is_retryable or lost, *rest, **more)


class _AsyncRetry(AsyncRetry):
    async def call_with_retry(
        self, do: Any, fail: Any, is_retryable: Any = None, *rest: Any, **more: Any
    ) -> Any:
        return await super().call_with_retry(do, fail, is_retryable or lost, *rest, **more)


def retry(times: int) -> Retry:
    """With 0, a command is not repeated, but its connection is dropped all the same."""
    return _Retry(ConstantBackoff(PAUSE_S), times, SUPPORTED)


def async_retry(times: int) -> AsyncRetry:
    return _AsyncRetry(ConstantBackoff(PAUSE_S), times, SUPPORTED)

"""What a job looks like in Redis, and how one is put there. Light: no dramatiq, no database."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import redis
import redis.asyncio
from redis.exceptions import NoScriptError, RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from app.infra import redis_client
from app.infra.queue import lanes, scripts, sealing

#: Longest run of jobs handed over in one script call, so that Redis is never busy with one for long.
BATCH = 256

Message = dict[str, Any]


def bell() -> str:
    """The channel of this shop's bells."""
    return redis_client.key("bell")


def message(
    actor: str,
    args: Sequence[Any],
    *,
    queue: str | None = None,
    message_id: str | None = None,
    correlation_id: str | None = None,
    options: dict[str, Any] | None = None,
) -> Message:
    """A job as dramatiq reads it, in its actor's queue unless another is named.

    Two with one id are one job for as long as Redis has either.
    """
    message_id = message_id or str(uuid.uuid4())
    return {
        "queue_name": queue or lanes.of(actor),
        "actor_name": actor,
        "args": sealing.seal(actor, args),
        "kwargs": {},
        "options": {
            **(options or {}),
            "redis_message_id": message_id,
            "correlation_id": correlation_id or message_id,
        },
        "message_id": message_id,
        "message_timestamp": int(time.time() * 1000),
    }


def update(update: Message) -> Message:
    """The job for an update from Telegram, once however often it comes."""
    queue, name = lanes.of_update(update), f"tg-{update['update_id']}"
    return message("handle_update", [update], queue=queue, message_id=name)


def encode(message: Message) -> bytes:
    """Raises TypeError for arguments that JSON cannot carry."""
    return orjson.dumps(message)


def entry(message: Message, due_ms: int = 0) -> tuple[str, str, bytes, int]:
    """The four arguments ENQUEUE takes for a job; `due_ms` since 1970, 0 for at once."""
    if due_ms:  # its age is how long it has been due
        message = {**message, "message_timestamp": due_ms}
    return message["queue_name"], message["message_id"], encode(message), due_ms


def send(client: redis.Redis, jobs: Iterable[tuple[Message, int]]) -> list[bool]:
    """Enqueue (message, due_ms) pairs; True for each that Redis did not have. Raises redis errors."""
    script = redis_client.Script(client, scripts.ENQUEUE)
    entries = [entry(job, due_ms) for job, due_ms in jobs]
    replies: list[bool] = []
    for start in range(0, len(entries), BATCH):
        arguments = [part for one in entries[start : start + BATCH] for part in one]
        replies += [reply == 1 for reply in script(keys=[redis_client.key()], args=arguments)]
    return replies


def hasten(client: redis.Redis, jobs: Iterable[Message]) -> list[bool]:
    """Have them run now; False for each that is ready or running already. Raises redis errors."""
    script = redis_client.Script(client, scripts.HASTEN)
    arguments = [part for job in jobs for part in entry(job)[:3]]
    return [reply == 1 for reply in script(keys=[redis_client.key()], args=arguments)] if arguments else []


Waiting = tuple[tuple[str, str, bytes, int], "asyncio.Future[bool]"]


class AsyncSender:
    """Enqueues for an event loop: what is sent in one tick, or while Redis answers, goes in one call.

    A call may be repeated: a job that Redis has already is left alone.
    """

    def __init__(self, client: redis.asyncio.Redis, *, timeout_s: float = 2.0) -> None:
        self._script = client.register_script(scripts.ENQUEUE)
        self._client: Any = client
        self._timeout_s = timeout_s
        self._waiting: list[Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def send(self, message: Message, due_ms: int = 0) -> bool:
        """True when queued, False when Redis had it already. Raises RedisError: it may be queued or not."""
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((entry(message, due_ms), reply))
        if self._task is None:
            self._task = loop.create_task(self._flush())
        return await reply

    async def _flush(self) -> None:
        batch: list[Waiting] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                replies = await self._call([part for one, _ in batch for part in one])
                for (_, waiter), reply in zip(batch, replies, strict=True):
                    if not waiter.done():
                        waiter.set_result(reply == 1)
        except BaseException as error:
            # Whatever it was, nobody may wait for ever; who joined meanwhile would only meet it again.
            batch, self._waiting = batch + self._waiting, []
            for _, waiter in batch:
                if not waiter.done():
                    waiter.set_exception(error if isinstance(error, RedisError) else _lost(error))
        finally:
            self._task = None

    async def _call(self, arguments: list[Any]) -> list[int]:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._evaluate(arguments)
        except TimeoutError as error:
            raise _lost(error) from error

    async def _evaluate(self, arguments: list[Any]) -> list[int]:
        command = ("EVALSHA", self._script.sha, 1, redis_client.key(), *arguments)
        try:
            replies: list[int] = await self._client.execute_command(*command)
        except NoScriptError:
            # A restarted Redis has forgotten the script; EVAL teaches it again.
            replies = await self._client.execute_command("EVAL", scripts.ENQUEUE, *command[2:])
        return replies


def _lost(error: BaseException) -> RedisError:
    return RedisTimeoutError(f"no answer from Redis ({type(error).__name__})")

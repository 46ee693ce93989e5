"""A job in the hands of a worker process, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dramatiq.broker import MessageProxy
from dramatiq.errors import DecodeError
from dramatiq.message import Message

from app.infra.queue import sealing


@dataclass(frozen=True)
class Outcome:
    """What becomes of a job. Without `due_at` it is finished, else it runs again then, with more options."""

    due_at: datetime | None = None
    options: dict[str, Any] = field(default_factory=dict)
    #: The run did not end the count of starts: it was refused because of it, and that is not on record yet.
    keep_starts: bool = False


FINISHED = Outcome()


class Job(MessageProxy):
    """A message in the hands of this process. `starts`: how often it was in anybody's, without an end yet."""

    def __init__(self, message: Message[Any], redis_id: str, starts: int = 1) -> None:
        super().__init__(message)
        self.redis_id, self.starts = redis_id, starts
        self.outcome: Outcome | None = None
        self.started_s: float | None = None

    @property
    def since_ms(self) -> int:
        """Since when somebody waits for it: what it follows from came in then, or it was due."""
        since = self._message.options.get("since")
        return since if isinstance(since, int) else self._message.message_timestamp

    @property
    def message(self) -> Message[Any]:
        """As it is in Redis, its arguments sealed."""
        return self._message

    @property
    def args(self) -> tuple[Any, ...]:  # type: ignore[override]
        """What the actor is called with. Raises Locked."""
        return tuple(sealing.unseal(self._message.args))


def read(data: bytes, queue_name: str) -> Message[Any]:
    """A message that dramatiq's threads can handle without dying. Raises DecodeError."""
    message: Message[Any] = Message.decode(data)
    if not (
        isinstance(message.actor_name, str)
        and isinstance(message.message_id, str)
        and isinstance(message.options, dict)
        and isinstance(message.message_timestamp, int)
        and message.kwargs == {}
    ):
        raise DecodeError("not a job", data, None)  # type: ignore[no-untyped-call]
    message.options.pop("eta", None)
    return replace(message, queue_name=queue_name)

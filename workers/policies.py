"""How long which jobs insist: decorators that make a function an actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import dramatiq

from app.infra.queue import lanes

P = ParamSpec("P")
R = TypeVar("R")


def patient(work: Callable[P, R]) -> dramatiq.Actor[P, R]:
    """Money, goods, sweeps: about four hours of trying, never more than 15 s apart, so that what waited for
    another system ends soon after that system is back."""
    return dramatiq.actor(queue_name=lanes.of(work.__name__), max_retries=1000, max_backoff=15_000)(work)


def unhurried(work: Callable[P, R]) -> dramatiq.Actor[P, R]:
    """Nice to have: behind everything that somebody waits for."""
    return dramatiq.actor(queue_name=lanes.of(work.__name__))(work)


def send_once(actor: dramatiq.Actor[P, R], row_id: int, *more: Any, queue: str | None = None) -> None:
    """Start the job for a row unless the one of an earlier sweep still waits or runs in that queue."""
    message = actor.message_with_options(args=(row_id, *more))
    name = f"{actor.actor_name}-{row_id}"
    actor.broker.enqueue(message.copy(message_id=name, queue_name=queue or actor.queue_name))

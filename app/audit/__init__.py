"""What happened, written in the transaction that did it. Shipping it elsewhere is a worker's business."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog

from app.audit import seals
from app.infra import transactions
from models import utcnow

log = structlog.get_logger()

SYSTEM = "system"

_actor: ContextVar[str] = ContextVar("actor", default=SYSTEM)


@contextmanager
def acting_as(actor: int | str) -> Iterator[None]:
    """Whose doing everything inside is: a Telegram id, or a part of the system."""
    token = _actor.set(str(actor))
    try:
        yield
    finally:
        _actor.reset(token)


def record(action: str, entity: str, **data: Any) -> None:
    """Note a change of `entity` (`order:TRX…`, `product:101`, `user:7`); `data` is small JSON without goods.

    The events of a transaction are written in one statement right before it commits.
    """
    event = {
        "at": utcnow(),
        "actor": _actor.get(),
        "action": action,
        "entity": entity,
        "data": data,
        "correlation_id": structlog.contextvars.get_contextvars().get("correlation_id"),
    }
    transactions.collect("audit", event, _write)


def digest(*facts: str) -> str:
    """What an event says of values that are too long to keep; each is known to whoever may read the event."""
    return hashlib.sha256("|".join(facts).encode()).hexdigest()


def _write(events: list[dict[str, Any]]) -> None:
    seals.write(events)
    transactions.after_commit(partial(_log, events))


def _log(events: list[dict[str, Any]]) -> None:
    for event in events:
        log.info("state changed", action=event["action"], entity=event["entity"], actor=event["actor"])

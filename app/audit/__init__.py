"""What happened, written in the transaction that did it. Shipping it elsewhere is a worker's business."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog

from app.audit import seals
from app.errors import ClientError, Flood
from app.infra import transactions
from models import utcnow

log = structlog.get_logger()

SYSTEM = "system"

_actor: ContextVar[str] = ContextVar("actor", default=SYSTEM)


class _Made(threading.local):
    """Calls of this thread that are not written yet. They outlive a transaction that is rolled back."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []


_made = _Made()


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
    transactions.collect("audit", _event(action, entity, data), _write)


class Call:
    """A call under way. Whether it moved anything may be known only by its answer."""

    def __init__(self) -> None:
        self.moves = True


@contextmanager
def calling(action: str, entity: str, call: str, **data: Any) -> Iterator[Call]:
    """A call to others that moves money or goods becomes an event, with how it ended and how long it took.

    It is written with the next event of this thread, so that nobody waits for it, or by `write_calls`. One
    that reached nobody moved nothing.
    """
    one, begun_s, outcome = Call(), time.perf_counter(), "ok"
    try:
        yield one
    except ClientError as error:
        outcome = type(error).__name__.lower()
        one.moves &= not isinstance(error, Flood) and getattr(error, "delivered", "maybe") != "no"
        raise
    finally:
        if one.moves:
            took = {"outcome": outcome, "ms": round((time.perf_counter() - begun_s) * 1000)}
            _made.calls.append(_event(action, entity, {"call": call, **data, **took}))


def write_calls() -> None:
    """Those that no other event followed."""
    if _made.calls:
        with transactions.atomic():
            _write([])


def digest(*facts: str) -> str:
    """What an event says of values that are too long to keep; each is known to whoever may read the event."""
    return hashlib.sha256("|".join(facts).encode()).hexdigest()


def _event(action: str, entity: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": utcnow(),
        "actor": _actor.get(),
        "action": action,
        "entity": entity,
        "data": data,
        "correlation_id": structlog.contextvars.get_contextvars().get("correlation_id"),
    }


def _write(events: list[dict[str, Any]]) -> None:
    calls = len(_made.calls)
    seals.write([*_made.calls, *events])
    transactions.after_commit(partial(_done, calls, events))


def _done(calls: int, events: list[dict[str, Any]]) -> None:
    """Calls have log lines of their own."""
    del _made.calls[:calls]
    for event in events:
        log.info("state changed", action=event["action"], entity=event["entity"], actor=event["actor"])

"""Whether and when a failed job runs again. Decides only; `middleware` acts on it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import peewee
from dramatiq.middleware import MiddlewareError

import models
from app import errors

MAX_RETRIES = 8
MIN_BACKOFF_MS = 2_000
MAX_BACKOFF_MS = 600_000
OUTAGE_DELAY_MS = 5_000
#: A message that may have arrived is sent again so often as soon as others, then further and further apart.
SOON_UNSURE, LONGEST_UNSURE_MS = 8, 600_000
#: About four hours.
MOST_UNSURE = 36


class Later(Exception):
    """Raised by an actor to be run again in `delay_ms`. Not a failure: never counted, never a dead letter."""

    def __init__(self, delay_ms: int) -> None:
        super().__init__(f"again in {delay_ms} ms")
        self.delay_ms = delay_ms


class KilledTheWorker(MiddlewareError):
    """The job was begun again and again and no run ever ended: it takes its process down with it."""


class DatabaseAway(MiddlewareError):
    """No connection to PostgreSQL, so the job was not begun."""


@dataclass(frozen=True)
class Again:
    delay_ms: int
    #: Whether this run was a failure, one of the `max_retries`.
    counted: bool


def decide(error: BaseException, retries: int, options: Mapping[str, Any], unsure: int = 0) -> Again | None:
    """When to run the job again, or None: never. `options` are those of its actor; `unsure`: how often its
    message may have arrived before."""
    if isinstance(error, Later):
        return Again(error.delay_ms, counted=False)
    if isinstance(error, errors.Flood):
        return Again(int(error.retry_after_s * 1000) + 1, counted=False)
    if is_outage(error):
        return Again(OUTAGE_DELAY_MS, counted=False)
    if isinstance(error, errors.Doubtful):
        return Again(int(error.wait_s * 1000), counted=True)
    if isinstance(error, errors.MaybeSent) and unsure >= MOST_UNSURE:
        return None
    if isinstance(error, errors.MaybeSent) and unsure >= SOON_UNSURE:
        return Again(min(15_000 * 2 ** (unsure - SOON_UNSURE), LONGEST_UNSURE_MS), counted=True)
    if _is_final(error, options) or retries >= options.get("max_retries", MAX_RETRIES):
        return None
    return Again(_backoff_ms(retries, options), counted=True)


def is_outage(error: BaseException) -> bool:
    """PostgreSQL is away, or another system turns the whole shop away: says nothing about the job."""
    if isinstance(error, DatabaseAway | errors.TurnedAway):
        return True
    # Peewee raises its own error while it handles the driver's.
    state = getattr(error.__cause__ or error.__context__, "sqlstate", None)
    if isinstance(error, peewee.InternalError):
        return bool(state == models.READ_ONLY)
    if not isinstance(error, peewee.OperationalError | peewee.InterfaceError):
        return False
    # None: the server was not even asked. 08: connection, 57P: shutting down, 53300: too many connections.
    return state is None or state.startswith(("08", "57P")) or state == "53300"


def _is_final(error: BaseException, options: Mapping[str, Any]) -> bool:
    if isinstance(error, KilledTheWorker | errors.Locked):
        return True
    if isinstance(error, errors.ClientError) and error.permanent:
        return True
    throws = options.get("throws")
    return throws is not None and isinstance(error, throws)


def _backoff_ms(retries: int, options: Mapping[str, Any]) -> int:
    """Doubling, between half and all of it: failures of one outage must not come back at one moment."""
    longest = options.get("max_backoff", MAX_BACKOFF_MS)
    full = min(options.get("min_backoff", MIN_BACKOFF_MS) * 2 ** min(retries + 1, 32), longest)
    return int(full * random.uniform(0.5, 1))  # noqa: S311 (no secret)

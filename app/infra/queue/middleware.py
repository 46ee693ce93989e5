"""What happens around every job: its context, its connection, its end. When to retry is in `retries`."""

# ruff: noqa: ARG002 (hooks have the parameters that dramatiq passes)

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import peewee
import structlog
from dramatiq.actor import Actor
from dramatiq.broker import Broker, MessageProxy
from dramatiq.errors import ActorNotFound
from dramatiq.message import Message
from dramatiq.middleware import Middleware

import models
from app.errors import Flood, MaybeSent
from app.infra import call_hooks, logs, transactions
from app.infra.metrics import counters
from app.infra.queue import dead, lanes, outbox, retries, waiting
from app.infra.queue.jobs import FINISHED, Job, Outcome
from app.infra.queue.retries import DatabaseAway, KilledTheWorker, Later

log = structlog.get_logger()

MAX_STARTS = 5
#: A dead letter that PostgreSQL could not take: the job comes back to try again.
UNRECORDED_DELAY_MS = 10_000


class Context(Middleware):
    """One correlation id from receiver to last job, on every log line; and whose calls these are."""

    def before_enqueue(self, broker: Any, message: Message[Any], delay: int | None) -> None:
        message.options.setdefault("correlation_id", logs.correlation_id() or message.message_id)

    def before_process_message(self, broker: Any, message: MessageProxy) -> None:
        structlog.contextvars.bind_contextvars(
            correlation_id=message.options.get("correlation_id"),
            message_id=message.message_id,
            actor=message.actor_name,
        )
        lanes.enter(message.queue_name)
        waiting.begin(message.since_ms if isinstance(message, Job) else None)

    def after_process_message(
        self,
        broker: Any,
        message: MessageProxy,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        structlog.contextvars.clear_contextvars()
        lanes.enter(None)
        waiting.begin(None)


class Connection(Middleware):
    """A pooled database connection while a job runs, and not while it waits for somebody's answer."""

    def __init__(self) -> None:
        call_hooks.before(models.db.lend)

    def before_process_message(self, broker: Any, message: MessageProxy) -> None:
        try:
            models.db.connect(reuse_if_open=True)
        except peewee.PeeweeException as error:
            raise DatabaseAway(str(error)) from error

    def after_process_message(
        self,
        broker: Any,
        message: MessageProxy,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        if not models.db.is_closed():
            models.db.close()


class Jobs(Middleware):
    """Begins jobs, and decides what becomes of them; the consumer carries it out in Redis.

    An exception in here leaves a job undecided, and an undecided job runs again: nothing is lost by it.
    """

    @property
    def actor_options(self) -> set[str]:
        return {"max_retries", "min_backoff", "max_backoff", "throws"}

    def before_declare_actor(self, broker: Any, actor: Actor[Any, Any]) -> None:
        if actor.priority == 0:
            actor.priority = lanes.PRIORITIES.get(actor.queue_name, 0)

    def before_process_message(self, broker: Any, message: Any) -> None:
        message.started_s = time.monotonic()
        if message.starts > MAX_STARTS:
            raise KilledTheWorker(f"killed the worker {MAX_STARTS} times")

    def after_process_message(
        self,
        broker: Any,
        message: Any,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        if exception is None:
            message.outcome = _finish(message)
        else:
            message.outcome = _fail(broker, message, exception)

    def before_nack(self, broker: Any, message: Any) -> None:
        """Only jobs of actors that this process does not know get here without an outcome.

        They are tried again like others: while a deployment rolls, the next process may know the actor.
        """
        if message.outcome is None:
            error = message._exception or ActorNotFound(message.actor_name)  # type: ignore[no-untyped-call]
            message.outcome = _fail(broker, message, error)


def _options(broker: Broker, message: Job) -> dict[str, Any]:
    actor = broker.actors.get(message.actor_name)
    return actor.options if actor else {}


def _finish(message: Job) -> Outcome:
    if message.options.get("outbox"):
        try:
            outbox.close(message.message_id)
        except peewee.PeeweeException:
            # The sweep will run the job a second time, and that run closes the row.
            log.warning("outbox row not closed", exc_info=True)
    log.info("job done", ms=_end(message, "done"))
    return FINISHED


def _fail(broker: Broker, message: Job, error: BaseException) -> Outcome:
    failures, unsure = message.options.get("retries", 0), message.options.get("unsure", 0)
    again = retries.decide(error, failures, _options(broker, message), unsure)
    if isinstance(error, MaybeSent):
        message.options["unsure"] = unsure + 1
    if again is None:
        return _bury(message, error, failures)
    if isinstance(error, Later | Flood):
        _end(message, "waits")
        log.info("job waits", delay_ms=again.delay_ms, why=str(error))
    else:
        log.warning(
            "job failed, will retry",
            ms=_end(message, "failed"),
            retries=failures,
            delay_ms=again.delay_ms,
            error=f"{type(error).__name__}: {error}",
            exc_info=error if again.counted else None,
        )
    return _postpone(message, again.delay_ms, failures + again.counted)


def _postpone(message: Job, delay_ms: int, failures: int, *, keep_starts: bool = False) -> Outcome:
    due_at = models.utcnow() + timedelta(milliseconds=delay_ms)
    if message.options.get("outbox"):
        try:
            with _connected():
                outbox.postpone(message.message_id, due_at, failures)
        except peewee.PeeweeException:
            # Redis will have the delayed job, so the sweep passes over the row all the same.
            log.warning("outbox row not postponed", exc_info=True)
    options = {"retries": failures, "since": message.since_ms}
    return Outcome(due_at, options=options, keep_starts=keep_starts)


def _bury(message: Job, error: BaseException, failures: int) -> Outcome:
    """Dead letter, no more row, word of it, in one transaction; until that succeeds the job stays alive."""
    try:
        with _connected(), transactions.atomic():
            dead.record(
                message.message_id,
                message.actor_name,
                message.queue_name,
                message.message.args,
                error,
                attempts=failures + 1,
                correlation_id=message.options.get("correlation_id"),
            )
            if message.options.get("outbox"):
                outbox.close(message.message_id)
            dead.report()
    except peewee.PeeweeException:
        log.warning("dead letter not recorded yet", exc_info=True)
        return _postpone(message, UNRECORDED_DELAY_MS, failures, keep_starts=True)
    log.error(
        "job dead-lettered",
        message_id=message.message_id,
        actor=message.actor_name,
        ms=_end(message, "dead"),
        retries=failures,
        error=f"{type(error).__name__}: {error}",
    )
    return FINISHED


class _connected:
    """A connection, opened only if the thread has none (consumer threads, failed connects)."""

    def __enter__(self) -> None:
        self.opened = models.db.connect(reuse_if_open=True)

    def __exit__(self, *_: object) -> None:
        if self.opened:
            models.db.close()


def _end(message: Job, outcome: str) -> int | None:
    """Count the run; how many ms it took, None if it never began."""
    took_s = None if message.started_s is None else time.monotonic() - message.started_s
    counters.JOBS.labels(message.actor_name, outcome).observe(took_s or 0.0)
    return None if took_s is None else int(took_s * 1000)

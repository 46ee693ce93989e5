"""Jobs that failed for good, kept with all that is needed to run them again. An operator decides on that."""

from __future__ import annotations

import base64
import traceback as tracebacks
from collections.abc import Sequence
from typing import Any

import orjson

import models
from app.errors import Locked
from app.infra import crypto, logs, transactions
from app.infra.queue import outbox, sealing
from models import DeadLetter

#: Actor of what could not even be read; it can be looked at and discarded, not retried.
UNREADABLE = "(unreadable)"
#: Jobs with a part in telling of failures: the one that decides on it, and those that say it.
REPORT, NOTICE = "report_failures", "send_notice"
#: Jobs that are called with the id of an order and nothing else.
ONLY_SUBJECT = {"deliver_order", "open_payment", "send_qr", "expire_order", "show_paid", "show_closed"}
LONGEST, LONGEST_ID = 20_000, 64


def record(
    message_id: str,
    actor: str,
    queue: str,
    args: Sequence[Any],
    error: BaseException | str,
    *,
    attempts: int = 0,
    correlation_id: str | None = None,
) -> None:
    """Keep a dead job, its arguments encrypted. One that dies again under its old id is dead again."""
    _insert(
        id=message_id,
        actor=actor,
        queue=queue,
        kind=_kind(actor, args, error),
        subject=_subject(args),
        args=crypto.encrypt(orjson.dumps(list(args)).decode()),
        error=_describe(error),
        traceback=_trace(error),
        attempts=attempts,
        correlation_id=correlation_id,
    )


def record_unreadable(redis_id: str, queue: str, data: bytes) -> None:
    """Keep what could not be decoded, as it was."""
    _insert(
        id=redis_id,
        actor=UNREADABLE,
        queue=queue,
        kind=UNREADABLE,
        args=crypto.encrypt(base64.b64encode(data).decode()),
        error="The message in the queue could not be read.",
    )


def report() -> None:
    """Promise that somebody is told."""
    outbox.add(REPORT)


def _insert(**letter: Any) -> None:
    letter.update(state=DeadLetter.DEAD, died_at=models.utcnow(), told_at=None)
    (
        DeadLetter.insert(**letter)
        .on_conflict(conflict_target=[DeadLetter.id], update={k: v for k, v in letter.items() if k != "id"})
        .execute()
    )


def _kind(actor: str, args: Sequence[Any], error: BaseException | str) -> str:
    """Actor and error class; of a notice also which, so that one about failures is told from the others."""
    if actor == NOTICE and len(args) > 1:
        actor = f"{actor}/{args[1]}"
    return f"{actor} {error[:40] if isinstance(error, str) else type(error).__name__}"


def _subject(args: Sequence[Any]) -> str | None:
    """The first argument, where that is an id. What people wrote is never kept in the open."""
    first = args[0] if args else None
    return str(first) if isinstance(first, int | str) and len(str(first)) <= LONGEST_ID else None


def _describe(error: BaseException | str) -> str:
    text = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return logs.redact(text)[:LONGEST]


def _trace(error: BaseException | str) -> str:
    if isinstance(error, str):
        return ""
    return logs.redact("".join(tracebacks.format_exception(error, limit=30)))[-LONGEST:]


def args(letter: DeadLetter) -> list[Any]:
    """What the job was called with; for an unreadable one, its raw bytes. Raises Locked.

    A job that died because its process had another key was kept under that key: of some the subject is all
    that is needed.
    """
    try:
        plain = crypto.decrypt(letter.args)
    except Locked:
        if letter.actor in ONLY_SUBJECT and letter.subject and letter.subject.isdecimal():
            return [int(letter.subject)]
        raise
    if letter.actor == UNREADABLE:
        return [base64.b64decode(plain)]
    return sealing.unseal(orjson.loads(plain))


def waiting() -> Any:
    """Dead letters that nobody has dealt with, oldest first (a query)."""
    return DeadLetter.select().where(DeadLetter.state == DeadLetter.DEAD).order_by(DeadLetter.died_at)


def of_kind(kind: str) -> Any:
    """Those of one kind of failure that nobody has dealt with, oldest first (a query)."""
    return waiting().where(DeadLetter.kind == kind)


def settle(state: str, subject: int, *actors: str) -> None:
    """Nobody needs to run these jobs any more: what they were for was done, or given up, otherwise."""
    (
        DeadLetter.update(state=state)
        .where(DeadLetter.actor.in_(actors), DeadLetter.subject == str(subject))
        .where(DeadLetter.state == DeadLetter.DEAD)
        .execute()
    )


def retry(letter_id: str) -> bool:
    """Run the job once more, as a new one; False when it is not waiting, or was never readable."""
    with transactions.atomic():
        letter = _move(letter_id, DeadLetter.RETRIED, DeadLetter.actor != UNREADABLE)
        if letter is None:
            return False
        outbox.add(letter.actor, *args(letter), queue=letter.queue, correlation_id=letter.correlation_id)
    return True


def discard(letter_id: str) -> bool:
    """Never run it; False when it is not waiting."""
    with transactions.atomic():
        return _move(letter_id, DeadLetter.DISCARDED) is not None


def _move(letter_id: str, to: str, *conditions: Any) -> DeadLetter | None:
    rows = (
        DeadLetter.update(state=to)
        .where(DeadLetter.id == letter_id, DeadLetter.state == DeadLetter.DEAD, *conditions)
        .returning(DeadLetter)
    )
    return next(iter(rows.execute()), None)

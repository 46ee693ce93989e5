"""Jobs that failed for good, kept with all that is needed to run them again. An operator decides on that."""

from __future__ import annotations

import base64
import os
import traceback as tracebacks
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

import models
from app.errors import Locked
from app.infra import crypto, logs, transactions
from app.infra.queue import lanes, outbox, sealing
from models import DeadLetter

#: Actor of what could not even be read; it can be looked at and discarded, not retried.
UNREADABLE = "(unreadable)"
#: Jobs with a part in telling of failures: the one that decides on it, and those that say it.
REPORT, NOTICE = "report_failures", "send_notice"
#: Jobs that are called with the id of an order and nothing else.
ONLY_SUBJECT = {"deliver_order", "open_payment", "send_qr", "expire_order", "show_paid", "show_closed"}
LONGEST, LONGEST_ID = 20_000, 64
#: Former deaths that are kept of a letter, and how much of each error.
MOST_PAST, LONGEST_PAST = 20, 300
ROOT = Path(models.__file__).parent
OURS = tuple(f"{ROOT / folder}{os.sep}" for folder in ("app", "workers"))
#: So many jobs of a group run again at once; the others follow, and give way to what people wait for.
AT_ONCE, APART_MS = 20, 100


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
    before = _before(letter["id"])
    if before:
        letter.update(id=before.id, deaths=before.deaths + 1, history=_history(before))
    (
        DeadLetter.insert(**letter)
        .on_conflict(conflict_target=[DeadLetter.id], update={k: v for k, v in letter.items() if k != "id"})
        .execute()
    )


def _before(message_id: str) -> DeadLetter | None:
    """The letter of the same job, or of the one that was run again as this job."""
    same = (DeadLetter.id == message_id) | (DeadLetter.rerun_id == message_id)
    letter: DeadLetter | None = DeadLetter.get_or_none(same)
    return letter


def _history(letter: DeadLetter) -> list[dict[str, Any]]:
    """The last deaths, this one included."""
    death = {
        "died_at": letter.died_at.isoformat(),
        "settled_at": letter.settled_at and letter.settled_at.isoformat(),
        "attempts": letter.attempts,
        "error": letter.error[:LONGEST_PAST],
    }
    return [*letter.history, death][-MOST_PAST:]


def _kind(actor: str, args: Sequence[Any], error: BaseException | str) -> str:
    """Actor, error class and the innermost place in our code; of a notice also which it was."""
    if actor == NOTICE and len(args) > 1:
        actor = f"{actor}/{args[1]}"
    if isinstance(error, str):
        return f"{actor} {error[:40]}"
    return " ".join(filter(None, [actor, type(error).__name__, _place(error)]))


def _place(error: BaseException) -> str | None:
    """`app/sales/orders.py:get`. Without the line: the next release has moved it."""
    frames = (frame.f_code for frame, _ in tracebacks.walk_tb(error.__traceback__))
    ours = [code for code in frames if code.co_filename.startswith(OURS)]
    if not ours:
        return None
    return f"{Path(ours[-1].co_filename).relative_to(ROOT).as_posix()}:{ours[-1].co_name}"


def _subject(args: Sequence[Any]) -> str | None:
    """The first argument, where that is an id; of an update the one it is from. What people wrote is never
    kept in the open."""
    first = args[0] if args else None
    if isinstance(first, dict):
        first = sender(first)
    return str(first) if isinstance(first, int | str) and len(str(first)) <= LONGEST_ID else None


def sender(update: dict[str, Any]) -> int | None:
    """The id of who is behind an update of Telegram, whatever it is about."""
    parts = (part.get("from") for part in update.values() if isinstance(part, dict))
    ids = [who.get("id") for who in parts if isinstance(who, dict)]
    return next((each for each in ids if isinstance(each, int)), None)


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
    _settle(state, DeadLetter.actor.in_(actors), DeadLetter.subject == str(subject))


def retry(letter_id: str) -> bool:
    """Run the job once more, as a new one; False when it is not waiting or no job. Raises Locked."""
    letter = waiting().where(DeadLetter.id == letter_id, DeadLetter.actor != UNREADABLE).first()
    return bool(letter and rerun({letter_id: args(letter)}))


def held(*which: Any) -> Any:
    """The ids of these, locked (a query). In one order, whoever changes several: two never wait for each
    other."""
    return (
        DeadLetter.select(DeadLetter.id).where(*which).order_by(DeadLetter.id).for_update(transactions.LOCK)
    )


def _settle(state: str, *which: Any) -> int:
    """How many were still waiting."""
    mine = DeadLetter.id.in_(held(*which, DeadLetter.state == DeadLetter.DEAD))
    return int(DeadLetter.update(state=state, settled_at=models.utcnow()).where(mine).execute())


#: In the same order as `held`.
_RERUN = """
WITH held AS MATERIALIZED (
    SELECT dead_letter.id, chosen.rerun_id
    FROM unnest(%s::text[], %s::text[]) AS chosen (id, rerun_id)
    JOIN dead_letter ON dead_letter.id = chosen.id AND dead_letter.state = 'dead'
    ORDER BY dead_letter.id
    FOR NO KEY UPDATE OF dead_letter
)
UPDATE dead_letter d
SET state = 'retried', settled_at = %s, rerun_id = held.rerun_id
FROM held
WHERE d.id = held.id
RETURNING d.id, d.actor, d.queue, d.correlation_id, d.rerun_id
"""


def rerun(chosen: dict[str, list[Any]]) -> int:
    """Run jobs once more, in this order: arguments by the letter's id. How many of them were still waiting.

    Many are spread: they take no room from buyers.
    """
    with transactions.atomic():
        names = [list(chosen), [str(uuid.uuid4()) for _ in chosen]]
        rows = models.db.execute_sql(_RERUN, [*names, models.utcnow()]).fetchall()
        taken = {letter_id: rest for letter_id, *rest in rows}
        for place, letter_id in enumerate(one for one in chosen if one in taken):
            actor, queue, correlation_id, rerun_id = taken[letter_id]
            later = place >= AT_ONCE
            outbox.add(
                actor,
                *chosen[letter_id],
                delay_ms=(place - AT_ONCE + 1) * APART_MS if later else 0,
                queue=lanes.BULK if later else queue,
                correlation_id=correlation_id,
                row_id=uuid.UUID(rerun_id),
            )
        return len(rows)


def discard(*letter_ids: str) -> int:
    """Never run them; how many were still waiting."""
    return _settle(DeadLetter.DISCARDED, DeadLetter.id.in_(letter_ids))


def latest(kinds: list[str]) -> dict[str, DeadLetter]:
    """The last letter of each kind, whatever has become of it."""
    newest = (
        DeadLetter.select()
        .where(DeadLetter.kind.in_(kinds))
        .order_by(DeadLetter.kind, DeadLetter.died_at.desc())
        .distinct(DeadLetter.kind)
    )
    return {letter.kind: letter for letter in newest}

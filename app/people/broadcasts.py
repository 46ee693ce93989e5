"""Broadcasts: written, confirmed, one after another, with a list of recipients. Workers send them.

    draft → queued → running → done
                ↑       ↓
                 paused       any of them → stopped

Only one runs (the database sees to it); the others wait in the order of their confirmation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app import audit
from app.errors import Unknown
from app.infra import crypto, fingerprints, transactions
from app.infra.queue import outbox
from app.people import users
from models import Broadcast, BroadcastRecipient, User, db, utcnow

MOVES = {
    Broadcast.QUEUED: {Broadcast.DRAFT, Broadcast.PAUSED},
    Broadcast.RUNNING: {Broadcast.QUEUED},
    Broadcast.PAUSED: {Broadcast.QUEUED, Broadcast.RUNNING},
    Broadcast.STOPPED: {Broadcast.DRAFT, Broadcast.QUEUED, Broadcast.RUNNING, Broadcast.PAUSED},
    Broadcast.DONE: {Broadcast.RUNNING},
}
OVER = {Broadcast.STOPPED, Broadcast.DONE}
#: Recipients, and those that are settled, by how.
COUNTS = ("total", "sent", "blocked", "failed", "unknown")

#: What the limiter lets through (app/clients/telegram_limits.py), for guesses of how long it takes.
MESSAGES_A_SECOND = 18
#: So many jobs send at the same time, each one message after another.
LANES = 4
#: People that become recipients in one transaction; a second at most.
LISTED_AT_ONCE = 20_000
#: Telegram is spared more edits of the progress than this.
SHOW_EVERY = timedelta(seconds=3)

_TURN = 7_203_006  # advisory lock: who moves in the line, waits for others who do


def draft_text(
    text: str, created_by: int, *, origin: int | None = None, translations: Mapping[str, str] | None = None
) -> Broadcast:
    """A text (HTML) that waits for its confirmation; show("broadcast", id) asks for it.

    `origin`: the update whose question led to it; it leads to one only. `translations`: the text by the
    languages in which readers get it otherwise.
    """
    others = json.dumps(dict(translations)) if translations else None
    return _draft(created_by, text=text, translations=others, origin=origin)


def is_made(origin: int) -> bool:
    return bool(Broadcast.select(Broadcast.id).where(Broadcast.origin == origin).exists())


def draft_copy(
    chat_id: int,
    message_id: int,
    created_by: int,
    *,
    caption: str | None = None,
    album: list[dict[str, Any]] | None = None,
) -> Broadcast:
    """A message to copy as it is, or with another caption (HTML). `album`: what it shows, if that is more."""
    source: dict[str, Any] = {"source_chat_id": chat_id, "source_message_id": message_id}
    return _draft(created_by, **source, text=caption, album=album)


def extend(broadcast_id: int, item: dict[str, Any]) -> bool:
    """One more of its album, in the order of the messages; False when it is on its way already."""
    with transactions.atomic():
        draft = Broadcast.select().where(Broadcast.id == broadcast_id).for_update().first()
        if draft is None or draft.state != Broadcast.DRAFT:
            return False
        album = {each["message"]: each for each in [*(draft.album or []), item]}
        in_order = [album[number] for number in sorted(album)]
        Broadcast.update(album=in_order).where(Broadcast.id == broadcast_id).execute()
        audit.record("broadcast.extended", f"broadcast:{broadcast_id}", album=digest_of(in_order))
        return True


def _draft(
    created_by: int, *, text: str | None, translations: str | None = None, **content: Any
) -> Broadcast:
    kept = {"text": _sealed(text), "translations": _sealed(translations)}
    with transactions.atomic():
        broadcast: Broadcast = Broadcast.create(created_by=created_by, **kept, **content)
        source = [broadcast.source_chat_id, broadcast.source_message_id]
        mark = mark_of(text, translations)
        shown = {"album": digest_of(broadcast.album), "mark": mark}
        audit.record("broadcast.drafted", f"broadcast:{broadcast.id}", source=source, **shown)
        return broadcast


def _sealed(text: str | None) -> str | None:
    return crypto.encrypt(text).decode() if text else text


def mark_of(*texts: str | None) -> str | None:
    """How the audit event of a draft names its texts, if it has any."""
    said = [text or "" for text in texts]
    if not any(said):
        return None
    return fingerprints.of_words("\x1f".join(said))


def digest_of(album: list[dict[str, Any]] | None) -> str:
    """The same of its pictures or files, also when there is none."""
    return audit.digest(*(json.dumps(item, sort_keys=True) for item in album or ()))


def get(broadcast_id: int) -> Broadcast:
    """With its words opened, which may hold voucher codes and are kept encrypted. Raises Unknown, Locked."""
    broadcast: Broadcast | None = Broadcast.get_or_none(Broadcast.id == broadcast_id)
    if broadcast is None:
        raise Unknown("broadcast", f"#{broadcast_id}")
    for name in ("text", "translations"):
        kept = getattr(broadcast, name)
        if kept:
            setattr(broadcast, name, crypto.decrypt(kept.encode()))
    return broadcast


def text_in(broadcast: Broadcast, language: str | None) -> str | None:
    """Of one from `get`: as somebody with this language reads it."""
    others = json.loads(broadcast.translations) if broadcast.translations else {}
    text: str | None = others.get(language, broadcast.text)
    return text


def reachable() -> int:
    """People whom a broadcast would go to now: all who joined, without those that a small index lists."""
    silent = User.select(User.id).where(User.unreachable_at.is_null(False) | User.banned_at.is_null(False))
    return max(0, users.count() - int(silent.count()))


def confirm(broadcast_id: int, chat_id: int, message_id: int | None) -> Broadcast | None:
    """Send it, when those before it are done. Its progress is shown in this message."""
    shown = {"progress_chat_id": chat_id, "progress_message_id": message_id}
    with transactions.atomic():
        _take_turn()
        queued = _move(broadcast_id, Broadcast.QUEUED, Broadcast.DRAFT, queued_at=utcnow(), **shown)
        return _then_next(queued)


def pause(broadcast_id: int) -> Broadcast | None:
    """No more messages after those in the air. The next in line goes first."""
    with transactions.atomic():
        _take_turn()
        return _then_next(_move(broadcast_id, Broadcast.PAUSED))


def resume(broadcast_id: int) -> Broadcast | None:
    """Back into its old place in the line."""
    with transactions.atomic():
        _take_turn()
        return _then_next(_move(broadcast_id, Broadcast.QUEUED, Broadcast.PAUSED))


def stop(broadcast_id: int, problem: str | None = None) -> Broadcast | None:
    """For good: who waits gets nothing."""
    with transactions.atomic():
        _take_turn()
        return _then_next(_move(broadcast_id, Broadcast.STOPPED, ended_at=utcnow(), problem=problem))


def finish(broadcast_id: int, run: int) -> Broadcast | None:
    """Done, if everybody is listed and settled. Who is still being written to has a job that asks again."""
    with transactions.atomic():
        _take_turn()
        listed = _running(broadcast_id, run).where(Broadcast.listed_at.is_null(False))
        if not listed.exists() or _unsettled(broadcast_id).exists():
            return None
        return _then_next(_move(broadcast_id, Broadcast.DONE, ended_at=utcnow()))


def is_running(broadcast_id: int, run: int) -> bool:
    """Whether jobs of this run still have something to do."""
    return bool(_running(broadcast_id, run).exists())


def _running(broadcast_id: int, run: int) -> Any:
    return Broadcast.select(Broadcast.id).where(
        Broadcast.id == broadcast_id, Broadcast.state == Broadcast.RUNNING, Broadcast.run == run
    )


def list_recipients(broadcast_id: int, run: int) -> bool:
    """Put the next people on the list, in the order of their ids; False when everybody is on it.

    With the last of them come the jobs that send. Everybody counts who can be reached at that moment.
    """
    with transactions.atomic():
        broadcast = Broadcast.select().where(Broadcast.id == broadcast_id).for_update().get()
        if broadcast.state != Broadcast.RUNNING or broadcast.run != run or broadcast.listed_at:
            return False
        added = _add_recipients(broadcast_id)
        complete = added < LISTED_AT_ONCE
        changes: dict[str, Any] = {"total": broadcast.total + added}
        if complete:
            changes["listed_at"] = utcnow()
            _promise_lanes(broadcast_id, run)
        Broadcast.update(changes).where(Broadcast.id == broadcast_id).execute()
        return not complete


def _add_recipients(broadcast_id: int) -> int:
    rows = db.execute_sql(
        """
        INSERT INTO broadcast_recipient (broadcast_id, user_id, state)
        SELECT %(id)s, id, 'waiting'
        FROM "user"
        WHERE unreachable_at IS NULL AND banned_at IS NULL
          AND id > coalesce((SELECT max(user_id) FROM broadcast_recipient WHERE broadcast_id = %(id)s), 0)
        ORDER BY id
        LIMIT %(most)s
        """,
        {"id": broadcast_id, "most": LISTED_AT_ONCE},
    )
    return int(rows.rowcount)


def may_show(broadcast_id: int) -> bool:
    """Whether the progress may be edited now; then nobody else may for a while."""
    now = utcnow()
    rested = Broadcast.progress_at.is_null() | (Broadcast.progress_at <= now - SHOW_EVERY)
    shown = Broadcast.update(progress_at=now).where(Broadcast.id == broadcast_id, rested)
    return bool(shown.execute())


def show_in(broadcast_id: int, message_id: int) -> None:
    """The progress has got another message."""
    Broadcast.update(progress_message_id=message_id).where(Broadcast.id == broadcast_id).execute()


def follow(old_chat: int, new_chat: int) -> None:
    """Progress that was shown in a group goes on in the one that it became, in a new message."""
    moved = {"progress_chat_id": new_chat, "progress_message_id": None}
    Broadcast.update(moved).where(
        Broadcast.progress_chat_id == old_chat, Broadcast.state.not_in(OVER)
    ).execute()


def _move(broadcast_id: int, to: str, *origins: str, **changes: Any) -> Broadcast | None:
    """The fresh row, or None when somebody was first."""
    rows = (
        Broadcast.update(state=to, **changes)
        .where(Broadcast.id == broadcast_id, Broadcast.state.in_(origins or MOVES[to]))
        .returning(Broadcast)
    )
    moved: Broadcast | None = next(iter(rows.execute()), None)
    if moved:
        counts = {name: getattr(moved, name) for name in COUNTS}
        audit.record(f"broadcast.{to}", f"broadcast:{broadcast_id}", **counts)
    return moved


def _take_turn() -> None:
    """Until the commit. Two who look at the line at once would both see nobody running, or nobody next."""
    db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_TURN,))


def _then_next(moved: Broadcast | None) -> Broadcast | None:
    """If nothing runs now, the first in line does."""
    if moved is None:
        return None
    running = Broadcast.select(Broadcast.id).where(Broadcast.state == Broadcast.RUNNING)
    first = (
        Broadcast.select().where(Broadcast.state == Broadcast.QUEUED).order_by(Broadcast.queued_at).first()
    )
    if running.exists() or first is None:
        return moved
    started = _move(
        first.id, Broadcast.RUNNING, run=Broadcast.run + 1, started_at=first.started_at or utcnow()
    )
    assert started
    if started.listed_at:
        _promise_lanes(started.id, started.run)
    else:
        outbox.add("list_recipients", started.id, started.run)
    outbox.add("show_broadcast", started.id, started.run)
    return started if started.id == moved.id else moved


def _promise_lanes(broadcast_id: int, run: int) -> None:
    for lane in range(LANES):
        outbox.add("send_broadcast", broadcast_id, run, lane)


def _unsettled(broadcast_id: int) -> Any:
    return BroadcastRecipient.select().where(
        BroadcastRecipient.broadcast == broadcast_id,
        (BroadcastRecipient.state == BroadcastRecipient.WAITING)
        | (BroadcastRecipient.state == BroadcastRecipient.SENDING),
    )

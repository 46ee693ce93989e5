"""The row of each rule: from calm to an incident and back, each step together with the messages it promises.

A step is a compare-and-set on the row's version: whoever was second changes nothing and promises nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app import audit
from app.backoffice.alerts.reading import Reading, Rule
from app.infra import times, transactions
from app.infra.queue import outbox
from app.people import notices
from models import Alert, utcnow

#: A third change within so long is unsteady: told once, and then not until it was steady for long enough.
FLAPPING, FLIPS, STEADY = timedelta(hours=2), 3, timedelta(minutes=30)
#: A message is changed at most so often while its incident develops.
REDRAWN = timedelta(minutes=1)
MUTED = timedelta(hours=1)
#: On the clock of the shop, what can wait makes no sound from then until then.
NIGHT_FROM, NIGHT_UNTIL = 22, 7

Changes = dict[str, Any]


def judge(rule: Rule, reading: Reading) -> Alert | None:
    """Move the rule's row by what was measured; the row as it is now, or None when another was first."""
    row, now = _row(rule.name), utcnow()
    word = Alert.BAD if reading.fires else Alert.GOOD if reading.clears else Alert.BETWEEN
    since = row.reading_since if row.reading == word else now
    changes = {"reading": word, "reading_since": since, "measured_at": now, "facts": reading.facts}
    changes |= _step(rule, row, word, since, now)
    with transactions.atomic():
        after = _move(row, changes)
        if after:
            _promise(rule, row, after, now)
        return after


def _row(name: str) -> Alert:
    Alert.insert(name=name).on_conflict_ignore().execute()
    row: Alert = Alert.get_by_id(name)
    return row


def _move(row: Alert, changes: Changes) -> Alert | None:
    moved = Alert.update(version=Alert.version + 1, **changes).where(
        Alert.name == row.name, Alert.version == row.version
    )
    return next(iter(moved.returning(Alert).execute()), None)


def _step(rule: Rule, row: Alert, word: str, since: datetime, now: datetime) -> Changes:
    """What becomes of the state, when the readings have said the same for long enough."""
    lasted = now - since
    if row.state == Alert.CLEAR and word == Alert.BAD and lasted >= rule.fire_after:
        return _begin(row, since, now)
    if row.state == Alert.FIRING and word == Alert.GOOD and lasted >= rule.clear_after:
        return _end(rule, row, now)
    if row.state == Alert.UNSTEADY and lasted >= STEADY:
        if word == Alert.GOOD:
            return _end(rule, row, now)
        return {"state": Alert.FIRING} if word == Alert.BAD else {}
    return {}


def _begin(row: Alert, since: datetime, now: datetime) -> Changes:
    flips = _flips(row, now)
    state = Alert.UNSTEADY if len(flips) >= FLIPS else Alert.FIRING
    return {"state": state, "since": since, "incident": row.incident + 1, "flips": flips, "told_at": None}


def _end(rule: Rule, row: Alert, now: datetime) -> Changes:
    """The last figures stay with what it cost: the all-clear is drawn from them."""
    lasted_s = int((now - row.since).total_seconds())
    cost = rule.cost(row.since) if rule.cost else 0
    facts = row.facts | {"lasted_s": lasted_s, "cost": cost}
    return {"state": Alert.CLEAR, "since": now, "flips": _flips(row, now), "facts": facts}


def _flips(row: Alert, now: datetime) -> list[float]:
    """With one more now."""
    return [*(at for at in row.flips if at > (now - FLAPPING).timestamp()), now.timestamp()]


def _promise(rule: Rule, before: Alert, after: Alert, now: datetime) -> None:
    """Whatever the chats do not say yet."""
    if after.state == Alert.CLEAR:
        if before.state != Alert.CLEAR:
            _tell(rule, after)
    elif after.told_at is None or rule.is_news(after.rung_facts, after.facts):
        if not is_muted(after, now) and not (after.told_at and after.state == Alert.UNSTEADY):
            _ring(rule, after, is_new=after.told_at is None, now=now)
    elif after.state == Alert.FIRING and _is_stale(before, after, now):
        Alert.update(told_at=now).where(Alert.name == after.name).execute()
        _tell(rule, after)


def _ring(rule: Rule, row: Alert, *, is_new: bool, now: datetime) -> None:
    """A message with a sound to all who run the shop; while there is nobody, it stays to be told. One whose
    all-clear was still to come is changed."""
    kept, chats = row.messages if is_new else {}, notices.recipients()
    if not chats:
        return
    row.messages = {str(chat): kept.get(str(chat), 0) for chat in chats}
    changes = {"messages": row.messages, "rung_facts": row.facts, "told_at": now}
    Alert.update(changes).where(Alert.name == row.name).execute()
    _tell(rule, row)


def _is_stale(before: Alert, after: Alert, now: datetime) -> bool:
    if before.state == Alert.UNSTEADY:
        return True
    changed = before.facts != after.facts and not is_muted(after, now)
    return changed and after.told_at <= now - REDRAWN


def _tell(rule: Rule, row: Alert) -> None:
    for chat in () if rule.by_clock else row.messages:
        outbox.add("tell_alert", int(chat), row.name)


def get(name: str) -> Alert | None:
    row: Alert | None = Alert.get_or_none(Alert.name == name)
    return row


def open_now() -> list[Alert]:
    """What is wrong at the moment, oldest first."""
    return list(Alert.select().where(Alert.state != Alert.CLEAR).order_by(Alert.since))


def is_muted(row: Alert, now: datetime) -> bool:
    return row.muted_until is not None and row.muted_until > now


def is_silent(rule: Rule, now: datetime) -> bool:
    """Whether it is night, and this can wait."""
    hour = now.astimezone(times.WIB).hour
    return not rule.rings and (hour >= NIGHT_FROM or hour < NIGHT_UNTIL)


def mute(name: str) -> datetime:
    """Say nothing new of it for an hour; until when."""
    until = utcnow() + MUTED
    with transactions.atomic():
        _row(name)
        Alert.update(muted_until=until).where(Alert.name == name).execute()
        audit.record("alert.muted", f"alert:{name}", until=until.isoformat())
    return until


def told(row: Alert, chat_id: int, message_id: int) -> None:
    """This message says it in that chat, unless the row is about another incident by now."""
    said = Alert.messages.concat({str(chat_id): message_id})
    Alert.update(messages=said).where(Alert.name == row.name, Alert.incident == row.incident).execute()


def ended(row: Alert, chat_id: int) -> None:
    """The chat has its all-clear, or nobody is there any more."""
    left = fn.jsonb_delete(Alert.messages, str(chat_id))
    Alert.update(messages=left).where(Alert.name == row.name, Alert.incident == row.incident).execute()

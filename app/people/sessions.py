"""Who is logged in to the ops page, and how often somebody failed to. Knows no password and no cookie."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from app import audit
from app.infra import stored, transactions
from app.infra.queue import outbox
from app.people import notices, users
from models import utcnow

#: However busy, a session ends after so long.
LASTS = timedelta(hours=12)
#: So many failures in so long, of one address or of all, and nobody tries any more until they are past.
WINDOW, MOST_OF_ONE, MOST_OF_ALL = timedelta(minutes=15), 5, 20

#: Outcomes of `attempt`.
RIGHT, WRONG, LOCKED = "right", "wrong", "locked"

_SESSIONS, _FAILURES = "ops_sessions", "ops_failures"
_ADDRESS_LENGTH = 64


def attempt(address: str, *, right: bool) -> str:
    """Count a try to log in from there. While it is locked even the right password is refused."""
    address, now = address[:_ADDRESS_LENGTH], utcnow()
    with transactions.atomic():
        recent = [each for each in stored.lock(_FAILURES, []) if each[0] > (now - WINDOW).timestamp()]
        if _is_locked(recent, address):
            return LOCKED
        if right:
            return RIGHT
        recent.append([now.timestamp(), address])
        stored.put(_FAILURES, recent)
        if _is_locked(recent, address):
            notices.alarm("ops_locked", quiet=WINDOW, address=address, count=len(recent))
            audit.record("ops.locked", "setting:ops", address=address)
        return WRONG


def _is_locked(recent: list[list[Any]], address: str) -> bool:
    return len(recent) >= MOST_OF_ALL or sum(each[1] == address for each in recent) >= MOST_OF_ONE


def start(admin_id: int, address: str) -> int:
    """A session of this admin, who is told at once; its number."""
    number, now = secrets.randbits(62) + 1, utcnow()
    with audit.acting_as(admin_id), transactions.atomic():
        live = _live(stored.lock(_SESSIONS, {}), now)
        stored.put(_SESSIONS, live | {str(number): [admin_id, (now + LASTS).timestamp()]})
        facts = {"session": number, "at": now.isoformat(), "address": address[:_ADDRESS_LENGTH]}
        outbox.add("send_notice", admin_id, "ops_login", facts)
        audit.record("ops.logged_in", f"user:{admin_id}", address=facts["address"], session=number)
    return number


def is_live(number: int, admin_id: int) -> bool:
    """Nobody has ended it, its time is not over, and its admin is one still."""
    live = _live(stored.get(_SESSIONS, {}), utcnow())
    return live.get(str(number), [None])[0] == admin_id and users.is_admin_id(admin_id)


def end(number: int) -> bool:
    """False when it was over."""
    with transactions.atomic():
        live = _live(stored.lock(_SESSIONS, {}), utcnow())
        ended = live.pop(str(number), None)
        stored.put(_SESSIONS, live)
        if ended:
            audit.record("ops.logged_out", f"user:{ended[0]}", session=number)
        return ended is not None


def _live(known: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {number: each for number, each in known.items() if each[1] > now.timestamp()}

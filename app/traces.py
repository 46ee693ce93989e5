"""What rows about other things keep of a person: notes, replies to be drawn again, jobs that died.

Orders, ledger and audit stay, tied to a number; names, addresses and words about somebody do not.
"""

from __future__ import annotations

from typing import Any

from peewee import fn

from app import audit
from app.infra import crypto
from models import Contradiction, DeadLetter, LedgerEntry, Order, Stray, User, db

#: Jobs with the person as their subject that carry words or a file for them.
_PERSONAL = ("send_pm", "send_answer", "send_my_data")

#: Drawn again, such a reply is silence. Names are looked for as whole words, in any case.
_SILENCE = r"""
UPDATE handled_update
SET reply = reply || '{"screen": null, "args": [], "toast": null}'
WHERE concat(reply->>'args', ' ', reply->>'toast') ~* concat('(^|\W)(', %s::text, ')(\W|$)')
"""


def erase(person: User) -> None:
    """Call it before the person's own row is emptied: traces are found by what stands there."""
    LedgerEntry.update(note=None).where(
        LedgerEntry.user == person.id, LedgerEntry.note.is_null(False)
    ).execute()
    _erase_decisions(person.id)
    _silence_replies(person)
    _empty_letters(person.id)


def _erase_decisions(user_id: int) -> None:
    """Why operators ended orders of theirs, or decided about payments as they did."""
    theirs = Order.select(Order.id).where(Order.user == user_id)
    Order.update(note=None).where(Order.user == user_id, Order.note.is_null(False)).execute()
    Contradiction.update(note=None).where(Contradiction.order.in_(theirs)).execute()
    credits = LedgerEntry.select(fn.SPLIT_PART(LedgerEntry.reason, ":", 2)).where(
        LedgerEntry.user == user_id, LedgerEntry.reason.startswith("stray:")
    )
    Stray.update(note=None).where(Stray.id.cast("text").in_(credits)).execute()


def _silence_replies(person: User) -> None:
    """Also those to admins who looked at the person: they are kept only for updates that come twice."""
    known = [str(person.id), person.name, person.username, person.email, person.whatsapp]
    db.execute_sql(_SILENCE, ["|".join(_quoted(each) for each in known if each)])


def _empty_letters(user_id: int) -> None:
    """Nobody can run them again, and what was written to the person is gone."""
    emptied: dict[str, Any] = {"args": crypto.encrypt("[]"), "state": DeadLetter.DISCARDED}
    rows = (
        DeadLetter.update(emptied)
        .where(DeadLetter.actor.in_(_PERSONAL), DeadLetter.subject == str(user_id))
        .returning(DeadLetter)
    )
    for letter in list(rows.execute()):
        audit.record("job.discarded", f"job:{letter.id}", actor=letter.actor)


def _quoted(text: str) -> str:
    """For a regular expression of PostgreSQL."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)

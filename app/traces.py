"""What rows about other things keep of a person: notes, replies to be drawn again, jobs that died.

Orders, ledger and audit stay, tied to a number; names, addresses and words about somebody do not.
"""

from __future__ import annotations

from typing import Any

from app import audit
from app.infra import crypto
from models import DeadLetter, LedgerEntry, User, db

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
    _silence_replies(person)
    _empty_letters(person.id)


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

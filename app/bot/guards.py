"""Who is not served: banned people, those who are too fast, buyers under maintenance.

Admins' rights are read on every turn.
"""

from __future__ import annotations

from app.bot.screens import write
from app.bot.toolkit.reply import SILENT, Reply, show, toast
from app.bot.toolkit.turn import Turn
from app.infra import limits
from app.infra.limits import Verdict
from app.people import users
from app.texts import refusals as texts
from app.texts.html import Text


def refusal(turn: Turn) -> Reply | None:
    """The reason to do nothing of what was asked, if there is one."""
    if turn.person.banned_at:
        return _banned(turn)
    is_admin = users.is_admin(turn.person)
    if is_admin and turn.event.command:
        return None
    verdict = limits.count("actions", turn.person.id)
    if verdict is not Verdict.ALLOWED:
        return _tell(turn, texts.TOO_FAST["actions"]) if verdict is Verdict.FIRST_REFUSAL else SILENT
    return _tell(turn, texts.CLOSED) if turn.closed and not is_admin else None


def _banned(turn: Turn) -> Reply:
    """One polite sentence, one message to the shop, then silence."""
    if turn.session.told:
        return SILENT if turn.session.appealed else write.appeal(turn)
    turn.session.told = True
    return _tell(turn, texts.BANNED)


def _tell(turn: Turn, sentence: Text) -> Reply:
    return toast(sentence.plain(), alert=True) if turn.event.is_press else show("plain", sentence())

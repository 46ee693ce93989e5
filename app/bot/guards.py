"""Who is not served: banned people, and those who are too fast. Admins' rights are read on every turn."""

from __future__ import annotations

from app import users
from app.bot.html import Text
from app.bot.reply import SILENT, Reply, show, toast
from app.bot.texts import help as help_texts
from app.bot.texts import refusals
from app.bot.turn import Turn
from app.infra import limits
from app.infra.limits import Verdict


def refusal(turn: Turn) -> Reply | None:
    """The reason to do nothing of what was asked, if there is one."""
    if turn.person.banned_at:
        return _tell(turn, help_texts.BANNED)
    if users.is_admin(turn.person) and turn.event.command:
        return None
    return limited(turn, "actions")


def limited(turn: Turn, kind: str) -> Reply | None:
    """Count one action of a kind in limits.USER_QUOTAS: polite at the first one too many, then silent."""
    verdict = limits.count(kind, turn.person.id)
    if verdict is Verdict.ALLOWED:
        return None
    return _tell(turn, refusals.TOO_FAST[kind]) if verdict is Verdict.FIRST_REFUSAL else SILENT


def _tell(turn: Turn, sentence: Text) -> Reply:
    return toast(sentence.plain(), alert=True) if turn.event.is_press else show("plain", sentence())

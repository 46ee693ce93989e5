"""Checks, backups and drills: what came of the last ones, what is under way, and buttons that start one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import settings
from app.backoffice import backups, checkups, diagnoses, verifications
from app.ops.page import views
from app.ops.page.http import Answer, Ask, see
from app.texts.ops import upkeep as texts

SHOWN = 15
#: Where else there is such a button.
BACK = {"now": "/ops", "money": "/ops/money"}


def show(ask: Ask) -> Answer:
    return views.page(
        "upkeep.html",
        t=texts,
        cards=cards(),
        said=said(ask),
        made=[_made(each) for each in reversed(backups.made()[-SHOWN:])],
        drilled=[_drilled(each) for each in reversed(backups.drilled()[-SHOWN:])],
    )


def press(form: Mapping[str, str]) -> Answer | None:
    """None for what cannot be asked for."""
    what = form.get("what", "")
    if what not in checkups.ACTORS:
        return None
    back = BACK.get(form.get("from", ""), "/ops/upkeep")
    return see(f"{back}?said={checkups.ask(what)}&what={what}")


def said(ask: Ask) -> Any:
    """What came of the press that led here."""
    text, what = texts.SAID.get(ask.query.get("said", "")), texts.NAMES.get(ask.query.get("what", ""))
    return text(what=what()) if text and what else None


def cards() -> list[dict[str, Any]]:
    """One for each that can be asked for: how it stands, and what the last one said."""
    last = {
        "verify": verifications.last(),
        "backup": backups.last_made(),
        "drill": backups.last_drill(),
        "doctor": diagnoses.last(),
    }
    return [
        {
            "what": what,
            "now": now,
            "last": _told(last[what]),
            "set_up": what != checkups.BACKUP or settings.current().makes_backups,
        }
        for what, now in checkups.now().items()
    ]


def _told(facts: backups.Facts | None) -> dict[str, Any] | None:
    return facts and {"facts": facts, "at": datetime.fromisoformat(facts["at"])}


def _made(facts: backups.Facts) -> dict[str, Any]:
    where = [
        facts["folder"] and texts.FOLDER(folder=facts["folder"]),
        facts["chat_id"] and texts.CHAT(chat=facts["chat_id"]),
    ]
    return {
        "at": datetime.fromisoformat(facts["at"]),
        "name": facts["name"],
        "bytes": facts["bytes"],
        "parts": facts["parts"],
        "where": [each for each in where if each],
        "orders": facts["manifest"]["counts"]["orders"],
    }


def _drilled(facts: backups.Facts) -> dict[str, Any]:
    at, outcome = datetime.fromisoformat(facts["at"]), texts.OUTCOMES[facts["outcome"]]
    return {"facts": facts, "at": at, "outcome": outcome}

"""Pictures and files that were sent together. Telegram makes a message of each, in no certain order, and only
one of them has the caption: a command there is meant for all.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from app.bot.toolkit.events import File
from app.bot.toolkit.turn import Turn
from app.people import users

#: Admins' commands that can be about several files.
COMMANDS = {"addstock", "addfile", "broadcast", "photo"}
#: Telegram's own limit is ten.
_MOST = 20


def hear(turn: Turn) -> None:
    """Note which album the message is of; of an admin's, its command, or what came before the command did."""
    event, session = turn.event, turn.session
    session.album_goes_on = event.album is not None and session.album.get("id") == event.album
    if not session.album_goes_on:
        session.album = {"id": event.album} if event.album else {}
    if event.album is None or event.is_relayed or not users.is_admin(turn.person):
        return
    if event.command and event.command.name in COMMANDS:
        session.album["words"] = [event.text, list(event.entities)]
    elif "words" not in session.album and not event.text:
        parts = session.album.setdefault("parts", [])
        if len(parts) < _MOST:
            parts.append(_packed(turn))


def under_command(turn: Turn) -> Turn:
    """The turn as if the caption were its own, if its album has a command."""
    words = turn.session.album.get("words")
    if words is None or turn.event.text or turn.event.album is None:
        return turn
    text, entities = words
    return replace(turn, event=replace(turn.event, text=text, entities=tuple(entities), follows_caption=True))


def earlier(turn: Turn) -> list[Turn]:
    """What came before this command and belongs under it."""
    if turn.event.album is None or turn.event.follows_caption:
        return []
    parts: list[dict[str, Any]] = turn.session.album.pop("parts", [])
    return [
        replace(turn, event=replace(turn.event, follows_caption=True, **_unpacked(part))) for part in parts
    ]


def expect(turn: Turn, command: str) -> None:
    """The rest of this album is to be treated like this."""
    if turn.event.album:
        turn.session.album |= {"words": [command, []]}


def _packed(turn: Turn) -> dict[str, Any]:
    event = turn.event
    return {
        "update_id": event.update_id,
        "message_id": event.message_id,
        "document": asdict(event.document) if event.document else None,
        "photo": event.photo,
        "media": event.media,
    }


def _unpacked(part: dict[str, Any]) -> dict[str, Any]:
    document, media = part["document"], part["media"]
    return part | {
        "document": File(**document) if document else None,
        "media": tuple(media) if media else None,
    }

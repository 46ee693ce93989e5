"""Whom an admin means: a person named by Telegram id or @username, the same way in every command."""

from __future__ import annotations

import re

from app import typed
from app.errors import WrongFormat
from app.people import users
from models import User

_ID = re.compile(r"[0-9]{1,19}")
_USERNAME = re.compile(r"(?:@|(?:https?://)?t\.me/)([A-Za-z0-9_]{1,32})", re.IGNORECASE | re.ASCII)
_BIGGEST = 2**63 - 1


def who(text: str, command: str = "user") -> User:
    """Someone who has written to the bot. `command` chooses the example that a wrong format is answered with.

    Raises WrongFormat, Unknown.
    """
    named = typed.seen(text)
    if _ID.fullmatch(named) and 1 <= int(named) <= _BIGGEST:
        return users.known(int(named))
    username = _USERNAME.fullmatch(named)
    if username is None:
        raise WrongFormat(f"{command}.person")
    return users.by_username(username[1])

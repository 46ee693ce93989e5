"""Which commands the menu beside the input field offers to whom, only those that lead somewhere; and what
the bot says of itself before anybody has written to it."""

from __future__ import annotations

import settings
from app.bot import routes
from app.texts import html
from app.texts import menu as texts

Commands = list[tuple[str, str]]

STORE_UNITS = 40


def for_buyers() -> Commands:
    return [(name, text.said()) for name, text in texts.BUYERS.items() if name in routes.COMMANDS]


def for_staff() -> Commands:
    """Everything that buyers have, then the commands of staff, whose words win."""
    routed = {name: text.said() for name, text in texts.STAFF.items() if name in routes.ADMIN_COMMANDS}
    return list((dict(for_buyers()) | routed).items())


def about() -> tuple[str, str]:
    """In the empty chat, at most 512 letters; in the profile, at most 120."""
    store = html.cut(settings.current().store_name, STORE_UNITS)
    return texts.DESCRIPTION.plain(store=store), texts.SHORT_DESCRIPTION.plain(store=store)

"""Which commands the menu beside the input field offers to whom: only those that lead somewhere."""

from __future__ import annotations

from app.bot import routes
from app.bot.texts import menu as texts

Commands = list[tuple[str, str]]


def for_buyers() -> Commands:
    return [(name, text) for name, text in texts.BUYERS.items() if name in routes.COMMANDS]


def for_staff() -> Commands:
    """Everything that buyers have, then the commands of staff, whose words win."""
    routed = {name: text for name, text in texts.STAFF.items() if name in routes.ADMIN_COMMANDS}
    return list((dict(for_buyers()) | routed).items())

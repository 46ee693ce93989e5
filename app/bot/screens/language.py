"""`Bahasa`: in which language somebody reads the shop."""

from __future__ import annotations

from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, anew
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.infra import limits
from app.people import users
from app.texts import languages
from app.texts.screens import language as texts
from models import User


def language(_person: User) -> Screen:
    choices = [[Button(name, pack("speak", at))] for at, name in enumerate(languages.NAMES.values())]
    return Screen(texts.QUESTION(), [*choices, *keyboards.back("account")])


def choose(turn: Turn, at: int) -> Reply:
    """The keyboard below is drawn anew, as its labels are words too. Raises TooFast."""
    wanted = list(languages.NAMES)[at]
    if wanted != turn.person.language:
        limits.spend("language", turn.person.id)
    users.choose_language(turn.person.id, wanted)
    languages.speak(wanted)
    return anew("home", toast=texts.CHOSEN.plain())

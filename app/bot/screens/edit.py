"""`Ubah Nama` `Ubah Email` `Ubah Whatsapp`: one question, and the account with the answer in it."""

from __future__ import annotations

from app.bot.parsing import profile
from app.bot.toolkit import keyboards
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.people import users
from app.texts.screens import edit as texts
from models import User

#: Buttons carry the place in this list.
FIELDS = ("name", "email", "whatsapp")


def ask(turn: Turn, number: int) -> Reply:
    turn.session.wait("profile", number=number)
    return show("edit", number)


def take(turn: Turn, number: int) -> Reply:
    """The typed answer. Raises WrongFormat."""
    field = FIELDS[number]
    value = profile.read(turn, field)
    users.set_profile(turn.person.id, **{field: value})
    setattr(turn.person, field, value)
    return show("account", field)


def edit(_person: User, number: int) -> Screen:
    return Screen(texts.CHANGES[FIELDS[number]](), keyboards.back("account"))

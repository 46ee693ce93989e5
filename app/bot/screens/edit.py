"""`Ubah Nama` `Ubah Email` `Ubah Whatsapp`: one question, and the account with the answer in it."""

from __future__ import annotations

from typing import Any

from app.bot.parsing import profile
from app.bot.texts import formats
from app.bot.texts.screens import edit as texts
from app.bot.toolkit import keyboards
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.people import users
from models import User

#: Buttons carry the place in this list.
FIELDS = ("name", "email", "whatsapp")


def ask(turn: Turn, number: int) -> Reply:
    turn.session.wait("profile", number=number)
    return show("edit", number)


def take(turn: Turn) -> Reply:
    """The typed answer. What is wrong with one is said, and the question stays."""
    number = int(turn.session.facts["number"])
    field = FIELDS[number]
    try:
        value = profile.answer(turn.event, field)
    except WrongFormat as problem:
        turn.session.wait("profile", number=number)
        return show("edit", number, problem.hint, problem.facts)
    users.set_profile(turn.person.id, **{field: value})
    setattr(turn.person, field, value)
    return show("account", field)


def edit(
    _person: User, number: int, problem: str | None = None, facts: dict[str, Any] | None = None
) -> Screen:
    text = texts.CHANGES[FIELDS[number]]()
    if problem:
        text = formats.WRONG(problem=formats.PROBLEMS[problem](**facts or {}), format=text)
    return Screen(text, keyboards.back("account"))

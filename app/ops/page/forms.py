"""What is typed into forms of the page: amounts, reasons, people. Whatever is wrong says how it is right."""

from __future__ import annotations

from collections.abc import Mapping

from app import money
from app.money import typed
from app.people import users
from app.texts.html import Html
from app.texts.ops import forms as texts
from models import User

REASON_MOST, SHOWN = 200, 40
MOST_ID = 2**63 - 1

Form = Mapping[str, str]


class Incomplete(Exception):
    """The form cannot be followed; `said` is what to type instead."""

    def __init__(self, said: Html) -> None:
        super().__init__(said)
        self.said = said


def amount(form: Form) -> int:
    """Whole rupiah. Raises Incomplete."""
    given = form.get("amount", "")
    found = money.parse(given)
    if found is None:
        raise Incomplete(texts.NO_AMOUNT(given=given[:SHOWN]) if given.strip() else texts.AMOUNT())
    return found


def reason(form: Form) -> str:
    """Raises Incomplete."""
    line = typed.seen(form.get("reason", ""))
    if not line:
        raise Incomplete(texts.REASON())
    if len(line) > REASON_MOST:
        raise Incomplete(texts.REASON_LONG(length=len(line), most=REASON_MOST))
    return line


def person(form: Form) -> User:
    """Who has written to the bot, by an id or an @name. Raises Incomplete, Unknown."""
    given = typed.seen(form.get("person", ""))
    number = money.whole(given, MOST_ID)
    if number:
        return users.known(number)
    name = given.removeprefix("@")
    if not given or number is not None or not (name.isascii() and name.replace("_", "").isalnum()):
        raise Incomplete(texts.NO_PERSON(given=given[:SHOWN]) if given else texts.PERSON())
    return users.by_username(name)

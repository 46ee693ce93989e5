"""What people type after commands and as answers: fields, numbers, amounts, people, orders.

Readers raise WrongFormat, whose hint is "command.problem": see texts/formats.py.
"""

from __future__ import annotations

import re

from app import money
from app.errors import Unknown, WrongFormat
from app.money import typed
from app.people import users
from app.sales import payments
from app.texts import html, languages
from app.texts.screens.browse import NO_CATEGORY
from models import Order, User

#: Instead of a field that may be empty.
NONE = "-"

#: PostgreSQL's integer and bigint, and more money than anything costs.
BIGGEST_NUMBER, BIGGEST_ID, BIGGEST_PRICE = 2**31 - 1, 2**63 - 1, 1_000_000_000
REASON_MOST, GIVEN_UNITS = 200, 40

_USERNAME = re.compile(r"(?:@|(?:https?://)?t\.me/)([A-Za-z0-9_]{1,32})", re.IGNORECASE | re.ASCII)
_INVOICE = re.compile(r"TRX[A-Z0-9_-]{1,60}", re.ASCII)


def split(text: str, count: int, command: str) -> list[str]:
    """`a|b|c`: exactly so many fields, trimmed; only the last one may itself contain `|`."""
    fields = [field.strip() for field in text.split("|", count - 1)]
    if len(fields) != count:
        raise WrongFormat(f"{command}.fields")
    return fields


def given(text: str) -> str:
    """What was typed, to be repeated; nothing where there is nothing to be seen."""
    return html.cut(typed.seen(text), GIVEN_UNITS)


def whole(text: str, least: int, most: int, hint: str, **facts: object) -> int:
    """A whole number within limits."""
    number = money.whole(text, most)
    if number is None or number < least:
        raise WrongFormat(hint, most=most, given=given(text), **facts)
    return number


def number(text: str, command: str) -> int:
    """A product's."""
    return whole(text, 1, BIGGEST_NUMBER, f"{command}.number")


def amount(text: str, least: int, most: int, hint: str) -> int:
    """Whole rupiah within limits."""
    found = money.parse(text)
    if found is None or not least <= found <= most:
        raise WrongFormat(hint, given=given(text), least=money.rupiah(least), most=money.rupiah(most))
    return found


def price(text: str, command: str) -> int:
    return amount(text, 1, BIGGEST_PRICE, f"{command}.price")


def amount_and_reason(text: str, suggested: int, most: int, hint: str) -> tuple[int, str]:
    """`amount|reason`, or the reason alone for the amount that was suggested. An amount is no reason."""
    head, _, rest = text.partition("|")
    found = money.parse(head)
    meant = suggested if found is None else found
    return amount(str(meant), 1, most, hint), reason(text if found is None else rest)


def reason(text: str) -> str:
    return line(text, REASON_MOST, "reason")


def line(text: str, most: int, hint: str) -> str:
    """One line of 1 to `most` letters."""
    shown = " ".join(text.split())
    if not 1 <= len(shown) <= most:
        raise WrongFormat(hint, most=most)
    return shown


def category(text: str, most: int, hint: str) -> str | None:
    """None for a product without one, also where that is said in the words that buyers read for it."""
    none = {typed.label(each) for each in languages.in_all(NO_CATEGORY)}
    named = optional(text)
    return line(named, most, hint) if named and typed.label(named) not in none else None


def optional(text: str) -> str | None:
    return None if typed.seen(text) in {"", NONE} else text


def person(text: str, command: str) -> User:
    """Someone who has written to the bot, by Telegram id or @username. Raises Unknown too."""
    user_id, username = money.whole(text, BIGGEST_ID), _USERNAME.fullmatch(typed.seen(text))
    if user_id:
        return users.known(user_id)
    if username is None:
        raise WrongFormat(f"{command}.person", given=given(text))
    return users.by_username(username[1])


def order(text: str, command: str, *, kind: str = "order") -> Order:
    """`TRX…` or the gateway's transaction, whoever it belongs to. Raises Unknown too, of this kind."""
    wanted = typed.seen(text)
    if found := payments.order_called(wanted):
        return found
    if not _INVOICE.fullmatch(wanted.upper()):
        raise WrongFormat(f"{command}.invoice", given=given(text))
    raise Unknown(kind, wanted.upper())

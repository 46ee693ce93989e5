"""Name, WhatsApp number and email as people type them. Raises WrongFormat naming one of formats.PROBLEMS."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.money import typed

NAME_MOST, EMAIL_MOST = 64, 254
NUMBER_LEAST, NUMBER_MOST = 8, 15

_EMAIL_LETTERS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~@-]*", re.ASCII)
_EMAIL = re.compile(r"[^@]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
#: What stands between the digits of a number, and how WhatsApp, a phone or a person leads to one.
_BETWEEN = re.compile(r"[\s().\-/\u2010-\u2015\u2212]")
_LINK = re.compile(
    r"(?:(?:(?:https?://)?(?:www\.)?(?:wa\.me/|(?:(?:api|web)\.)?whatsapp\.com/send/?\?(?:[^#]*&)?phone=)"
    r"|whatsapp://send/?\?(?:[^#]*&)?phone=)(?=[+%1-9])|tel:|(?:no\.? ?)?(?:wa|whatsapp) ?:)"
    r" ?((?:\+|%2B)?[0-9][0-9 ().-]*)(?:[/?&;].*)?",
    re.IGNORECASE | re.ASCII,
)


def name(text: str) -> str:
    """One line with at least a letter in it."""
    shown = typed.name(text)
    if not any(letter.isalpha() for letter in typed.seen(shown)):
        raise WrongFormat("name_empty")
    if len(shown) > NAME_MOST:
        raise WrongFormat("name_long", most=NAME_MOST)
    return shown


def whatsapp(text: str) -> str:
    """`+6281234567890` from `0812-3456-7890`, `62…`, any `+…`, or `wa.me/62…`."""
    number = typed.seen(text)
    link = _LINK.fullmatch(number)
    if link:
        is_international = re.search(r"wa\.me/|phone=", number, re.IGNORECASE) and link[1][0] != "0"
        number = "+" + link[1].upper().removeprefix("%2B").lstrip("+") if is_international else link[1]
    number = _BETWEEN.sub("", number)
    if number.startswith("00"):
        number = "+" + number[2:]
    digits = number.removeprefix("+")
    if not re.fullmatch(r"[0-9]+", digits):
        raise WrongFormat("whatsapp_letters")
    if digits.startswith("0"):
        digits = "62" + digits.lstrip("0")
    elif not number.startswith("+") and not digits.startswith("62"):
        raise WrongFormat("whatsapp_prefix")
    if digits.startswith("620"):  # +62 (0)812…
        digits = "62" + digits[2:].lstrip("0")
    if len(digits) < NUMBER_LEAST:
        raise WrongFormat("whatsapp_short", least=NUMBER_LEAST)
    if len(digits) > NUMBER_MOST:
        raise WrongFormat("whatsapp_long", most=NUMBER_MOST)
    return f"+{digits}"


def email(text: str) -> str:
    """An address that could exist; whether it does, only a letter would tell."""
    address = typed.seen(text).removeprefix("mailto:")
    if len(address) > EMAIL_MOST:
        raise WrongFormat("email_long", most=EMAIL_MOST)
    if address.count("@") != 1:
        raise WrongFormat("email_sign")
    if not _EMAIL_LETTERS.fullmatch(address):
        raise WrongFormat("email_letters")
    if not _EMAIL.fullmatch(address) or ".." in address:
        raise WrongFormat("email_shape")
    return address


READERS: dict[str, Callable[[str], str]] = {"name": name, "whatsapp": whatsapp, "email": email}


def read(turn: Turn, field: str) -> str:
    """An answer. Telegram takes some letters of addresses for formatting."""
    return READERS[field](turn.literal if field == "email" else turn.typed)

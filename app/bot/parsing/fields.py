"""What stands behind a command: `a|b|c`, where only the last field may itself contain `|`."""

from __future__ import annotations

from app import money, typed
from app.errors import WrongFormat

#: Instead of a field that may be empty.
NONE = "-"

#: PostgreSQL's integer, and more money than anything costs.
BIGGEST_NUMBER, BIGGEST_PRICE = 2**31 - 1, 1_000_000_000


def split(text: str, count: int, command: str) -> list[str]:
    """Exactly so many fields, trimmed. Raises WrongFormat."""
    fields = [field.strip() for field in text.split("|", count - 1)]
    if len(fields) != count:
        raise WrongFormat(f"{command}.fields")
    return fields


def number(text: str, command: str) -> int:
    """A product's number. Raises WrongFormat."""
    given = money.whole(typed.seen(text), BIGGEST_NUMBER)
    if not given:
        raise WrongFormat(f"{command}.number")
    return given


def price(text: str, command: str) -> int:
    """Whole rupiah. Raises WrongFormat."""
    amount = money.parse(text)
    if amount is None or not 1 <= amount <= BIGGEST_PRICE:
        raise WrongFormat(f"{command}.price", most=money.rupiah(BIGGEST_PRICE))
    return amount


def amount(text: str, command: str, least: int, most: int) -> int:
    """Whole rupiah within limits. Raises WrongFormat."""
    given = money.parse(text)
    if given is None or not least <= given <= most:
        raise WrongFormat(f"{command}.money_amount", least=money.rupiah(least), most=money.rupiah(most))
    return given


def line(text: str, most: int, problem: str) -> str:
    """One line of 1 to `most` letters. Raises WrongFormat(problem)."""
    shown = " ".join(text.split())
    if not 1 <= len(shown) <= most:
        raise WrongFormat(problem, most=most)
    return shown


def optional(text: str) -> str | None:
    return None if typed.seen(text) in {"", NONE} else text

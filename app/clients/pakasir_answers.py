"""What the gateway's answers mean to us in both versions, and how to read what may be written oddly.

Shared by pakasir_v1 and pakasir_v2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from app import money
from app.errors import Malformed
from app.money import qris

PENDING = "pending"
COMPLETED = "completed"
CANCELED = "canceled"

#: A QR's payload may have 512 letters; nothing that we keep is longer.
_MOST_LETTERS = 512
_WRAPPERS = ("data", "transaction", "payment")
#: What `0001` and `9999` in a time are: no time at all.
_YEARS = range(2000, 2101)
_FLAGS: dict[object, bool] = {1: True, 0: False, "true": True, "false": False, "1": True, "0": False}

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Opened:
    """A payment at the gateway. `amount` is ours, `total` is what the QR asks for. v1 has no txn_id: there it
    is the invoice. A sandbox flag that we were not told (v1) is None."""

    txn_id: str
    invoice: str
    amount: int
    fee: int
    total: int
    qr_string: str
    payment_url: str
    expires_at: datetime | None
    is_sandbox: bool | None
    status: str

    def leading_back(self, url: str) -> Opened:
        """The same, with a payment page that offers the way to `url`."""
        return replace(self, payment_url=f"{self.payment_url}&redirect={quote(url, safe='')}")


@dataclass(frozen=True)
class Status:
    """What the gateway says of a payment, in its own words: whoever settles compares them with the order."""

    txn_id: str
    invoice: str
    amount: int
    is_sandbox: bool | None
    status: str
    completed_at: datetime | None


@dataclass(frozen=True)
class Fee:
    """The gateway's fee for an amount; `estimated` when it could not be asked."""

    amount: int
    estimated: bool


@contextmanager
def reading() -> Iterator[None]:
    """Around every call: whatever an odd answer makes the reading of it raise, callers see Malformed."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        raise Malformed(f"the answer cannot be read ({type(error).__name__})") from None


def unwrapped(answer: Answer, has: str) -> Answer:
    """The object that names `has`: the answer itself, or one that it is wrapped in."""
    for _ in range(len(_WRAPPERS)):
        inner = next((answer[name] for name in _WRAPPERS if isinstance(answer.get(name), dict)), None)
        if has in answer or inner is None:
            break
        answer = inner
    return answer


def whole(answer: Answer, name: str) -> int:
    """Whole rupiah. Raises Malformed."""
    amount = money.from_json(answer.get(name))
    if amount is None:
        raise Malformed(f"{name} is not an amount of whole rupiah")
    return amount


def fee(answer: Answer, amount: int, total: int) -> int:
    """The fee, only to be shown: one that cannot be read is what the QR asks for beyond the price."""
    told = money.from_json(answer.get("fee"))
    return max(0, total - amount) if told is None or told > total else told


def text(answer: Answer, name: str) -> str:
    """A text that must be there, fit to be kept; a number counts as its digits."""
    value = answer.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        value = str(value)
    value = value.strip() if isinstance(value, str) else ""
    if not value:
        raise Malformed(f"{name} is missing")
    if len(value) > _MOST_LETTERS or not value.isprintable():
        raise Malformed(f"{name} is no text that could be kept")
    return value


def status(answer: Answer) -> str:
    """One of the three states, in whatever case. Another word may mean anything, so it is not guessed at."""
    value = answer.get("status")
    word = value.strip().lower() if isinstance(value, str) else None
    word = CANCELED if word == "cancelled" else word
    if word not in {PENDING, COMPLETED, CANCELED}:
        raise Malformed("the status is none of the three we know")
    return word


def opened_as(answer: Answer) -> str:
    """The state of a payment just opened. A word that says neither is no reason to keep the QR back: what
    becomes of it is asked again."""
    try:
        return status(answer)
    except Malformed:
        return PENDING


def flag(answer: Answer, name: str) -> bool | None:
    """Yes or no, as JSON or as text; None if it is neither."""
    value = answer.get(name)
    value = value.strip().lower() if isinstance(value, str) else value
    return _FLAGS.get(value) if isinstance(value, bool | int | str) else None


def moment(answer: Answer, *names: str) -> datetime | None:
    """The first time that can be read. One that cannot must not break a payment, so it is None."""
    for name in names:
        try:
            time = datetime.fromisoformat(str(answer.get(name)))
            if time.tzinfo and time.year in _YEARS:
                return time.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def must_echo(answer: Answer, **asked: object) -> None:
    """Refuse an answer to another question. Numbers may be written as text."""
    for name, value in asked.items():
        got = whole(answer, name) if isinstance(value, int) else text(answer, name)
        if got != value:
            raise Malformed(f"{name} is not the one we sent")


def must_be_qris(answer: Answer) -> None:
    if text(answer, "payment_method").lower() != "qris":
        raise Malformed("payment_method is not qris")


def must_be_payable(opened: Opened, *, sandbox_counts: bool) -> None:
    """The last look before a buyer sees the QR. A sandbox's sample passes where the sandbox counts, and a
    payment that find-or-create found to be over has nothing left to pay."""
    if opened.total < opened.amount:
        raise Malformed("the QR asks for less than the price")
    if opened.status != PENDING or (sandbox_counts and opened.is_sandbox is not False):
        return
    if opened.is_sandbox:
        raise Malformed("the project is switched to sandbox")
    qris.check(opened.qr_string, opened.total)


def estimated_fee(amount: int) -> Fee:
    """For when the gateway cannot be asked."""
    return Fee(money.estimated_fee(amount), estimated=True)

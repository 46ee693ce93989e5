"""What the gateway's answers mean to us in both versions, and how to read what may be written oddly.

Shared by pakasir_v1 and pakasir_v2. Rules: shared/pakasir.md, "Money" and "v2".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app import money, qris
from app.errors import AlreadyCompleted, Malformed, Refused

PENDING = "pending"
COMPLETED = "completed"
CANCELED = "canceled"

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


def whole(answer: Answer, name: str) -> int:
    """Whole rupiah, written as a number or as text."""
    value = answer.get(name)
    if isinstance(value, str) and value.isascii():
        head, _, cents = value.strip().partition(".")
        if head.isdigit() and not cents.strip("0"):
            return int(head)
    elif (
        isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and value == int(value)
    ):
        return int(value)
    raise Malformed(f"{name} is not an amount of whole rupiah")


def text(answer: Answer, name: str) -> str:
    """A text that must be there; a number counts as its digits."""
    value = answer.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        raise Malformed(f"{name} is missing")
    return value


def status(answer: Answer, default: str | None = None) -> str:
    """One of the three states, `default` if the answer names none."""
    value = answer.get("status", default)
    value = CANCELED if value == "cancelled" else value
    if value not in {PENDING, COMPLETED, CANCELED}:
        raise Malformed("the status is none of the three we know")
    return str(value)


def flag(answer: Answer, name: str) -> bool | None:
    value = answer.get(name)
    return value if isinstance(value, bool) else None


def moment(answer: Answer, *names: str) -> datetime | None:
    """The first time that can be read. One that cannot must not break a payment, so it is None."""
    for name in names:
        try:
            time = datetime.fromisoformat(str(answer.get(name)))
        except ValueError:
            continue
        if time.tzinfo:
            return time.astimezone(UTC)
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


def explain_refused_cancel(error: Refused) -> None:
    """Return if the payment is canceled already. Raises AlreadyCompleted if it was paid, else `error` itself.

    How the gateway words it is not documented, so the words are searched for.
    """
    words = error.message.lower()
    if re.search(r"complet|paid|success|selesai|lunas|dibayar|berhasil", words):
        raise AlreadyCompleted("the payment is completed") from error
    if not re.search(r"already.*cancel|is cancel|been cancel|sudah.*batal", words):
        raise error


def estimated_fee(amount: int) -> Fee:
    """For when the gateway cannot be asked."""
    return Fee(money.estimated_fee(amount), estimated=True)

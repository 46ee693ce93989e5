"""Whole rupiah and other whole numbers: how they are shown and read."""

from __future__ import annotations

import re
from typing import Any

from app.money import typed

#: What the gateway takes by QRIS, in rupiah.
QRIS_LEAST, QRIS_MOST = 500, 10_000_000

#: More than anybody types on purpose or a gateway bills, and less than the database can hold.
_MOST = 10**12
_LONGEST = 30

_AMOUNT = re.compile(
    r"(?:rp\.?\s*)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:,-|,00)?\s*(k|rb|ribu|jt|juta)?",
    re.IGNORECASE | re.ASCII,
)
_JSON = re.compile(r"[0-9]{1,13}(\.0{0,9})?", re.ASCII)
_FACTORS = {"": 1, "k": 1_000, "rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def rupiah(amount: int) -> str:
    """`Rp25.000`; `-Rp25.000` below zero."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"{'-' if amount < 0 else ''}Rp{digits}"


def estimated_fee(amount: int) -> int:
    """What the gateway will most likely add: 0.7 % + 310 up to 105,000, 1 % above, rounded up.

    For showing only, and marked as an estimate: bills use the fee that the gateway names.
    """
    return -(-amount * 7 // 1000) + 310 if amount <= 105_000 else -(-amount // 100)


def parse(text: str) -> int | None:
    """Rupiah from `25000`, `25.000`, `Rp25.000`, `25k`, `25rb` or `1jt`; None when that is not clear."""
    match = _AMOUNT.fullmatch(typed.seen(text)) if len(text) <= _LONGEST else None
    if not match:
        return None
    digits, unit = match[1], (match[2] or "").lower()
    if unit and not digits.isdigit():
        return None
    amount = int(re.sub(r"\D", "", digits)) * _FACTORS[unit]
    return amount if amount < _MOST else None


def whole(text: str, most: int) -> int | None:
    """A number from 0 to `most` that is typed with digits alone; None for anything else."""
    digits = typed.seen(text)
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST
    return int(digits) if is_number and int(digits) <= most else None


def from_json(value: Any) -> int | None:
    """`25000`, `25000.0` or either as text; None when that is no amount."""
    if isinstance(value, str) and _JSON.fullmatch(value.strip()):
        value = int(value.strip().partition(".")[0])
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # What is no number, infinite or too large fails the comparison.
    return int(value) if is_number and 0 <= value <= _MOST and value == int(value) else None

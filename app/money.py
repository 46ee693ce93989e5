"""Whole rupiah: how amounts are shown and read."""

from __future__ import annotations

import re

from app import typed

#: What the gateway takes by QRIS, in rupiah.
QRIS_LEAST, QRIS_MOST = 500, 10_000_000

#: More than anybody types on purpose.
_MOST = 10**12

_AMOUNT = re.compile(
    r"(?:rp\.?\s*)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:,-|,00)?\s*(k|rb|ribu|jt|juta)?",
    re.IGNORECASE | re.ASCII,
)
_FACTORS = {"": 1, "k": 1_000, "rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def rupiah(amount: int) -> str:
    """`Rp25.000`; `-Rp25.000` below zero."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def estimated_fee(amount: int) -> int:
    """What the gateway will most likely add: 0.7 % + 310 up to 105,000, 1 % above, rounded up.

    For showing only, and marked as an estimate: bills use the fee that the gateway names.
    """
    return -(-amount * 7 // 1000) + 310 if amount <= 105_000 else -(-amount // 100)


def parse(text: str) -> int | None:
    """Rupiah from `25000`, `25.000`, `Rp25.000`, `25k`, `25rb` or `1jt`; None when that is not clear."""
    match = _AMOUNT.fullmatch(typed.seen(text))
    if not match:
        return None
    digits, unit = match[1], (match[2] or "").lower()
    if unit and not digits.isdigit():
        return None
    amount = int(re.sub(r"\D", "", digits)) * _FACTORS[unit]
    return amount if amount < _MOST else None

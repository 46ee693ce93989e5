"""Counts as each language writes them. Money is Rp25.000 in all of them."""

from __future__ import annotations

from app.texts import languages

#: What stands between thousands, and before tenths.
_MARKS = {languages.INDONESIAN: (".", ","), languages.ENGLISH: (",", ".")}


def count(number: int) -> str:
    """`1.643`, and `1,643` in English."""
    return f"{number:,}".replace(",", _MARKS[languages.spoken()][0])


def tenths(number: float) -> str:
    """`12,3`, and `12.3` in English."""
    return f"{number:.1f}".replace(".", _MARKS[languages.spoken()][1])

"""What a button carries: a name and numbers (ids, pages, quantities), never a price or a role.

Clients may send whatever they like, so each number is checked against its kind before anything reads it.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Bot API, InlineKeyboardButton.callback_data.
MOST_BYTES = 64

#: Kinds of numbers, as wide as what keeps them: PostgreSQL's bigint and integer, or a list of ours.
NUMBER = range(2**63)
ID = range(1, 2**63)
PRODUCT = range(1, 2**31)
#: A page that is gone becomes the nearest one, however far.
PAGE = NUMBER
CHECKSUM = range(2**32 + 1)
#: Rupiah: more than anybody has.
AMOUNT = range(10**12)
FLAG = range(2)
STARS = range(1, 6)
#: Which product was seen (products.mark); 0 for none.
MARK = range(10_000)

_SHAPE = re.compile(r"[a-z_]+(?::\d{1,19})*", re.ASCII)


@lru_cache(maxsize=2_000, typed=True)
def pack(name: str, *numbers: int) -> str:
    """Raises ValueError for what would not come back the same: that is a bug of the screen."""
    data = ":".join([name, *map(str, numbers)])
    if unpack(data) != (name, numbers):
        raise ValueError(f"no callback data: {data[:80]}")
    return data


def unpack(data: str) -> tuple[str, tuple[int, ...]] | None:
    """None for anything that `pack` did not make: clients may send whatever they like."""
    if len(data) > MOST_BYTES or not _SHAPE.fullmatch(data):
        return None
    name, *digits = data.split(":")
    numbers = tuple(int(number) for number in digits)
    is_packed = [str(number) for number in numbers] == digits  # 007 is not
    return (name, numbers) if is_packed and all(number in NUMBER for number in numbers) else None

"""What a button carries: a name and numbers (ids, pages, quantities), never a price or a role."""

from __future__ import annotations

import re

#: Bot API, InlineKeyboardButton.callback_data.
MOST_BYTES = 64

_SHAPE = re.compile(r"[a-z_]+(?::\d{1,19})*", re.ASCII)


def pack(name: str, *numbers: int) -> str:
    """Raises ValueError for what would not come back the same: that is a bug of the screen."""
    data = ":".join([name, *map(str, numbers)])
    if len(data.encode()) > MOST_BYTES or not _SHAPE.fullmatch(data):
        raise ValueError(f"no callback data: {data[:80]}")
    return data


def unpack(data: str) -> tuple[str, tuple[int, ...]] | None:
    """None for anything that `pack` did not make: clients may send whatever they like."""
    if len(data) > MOST_BYTES or not _SHAPE.fullmatch(data):
        return None
    name, *numbers = data.split(":")
    return name, tuple(int(number) for number in numbers)

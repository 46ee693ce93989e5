from __future__ import annotations

import pytest

from app.bot.toolkit import callbacks


def test_what_is_packed_comes_back():
    assert callbacks.unpack(callbacks.pack("pay", 101, 2, 50_000, 7)) == ("pay", (101, 2, 50_000, 7))


def test_the_biggest_numbers_fit():
    data = callbacks.pack("pay", 2**31 - 1, 100, 10**9, 2**63 - 1)

    assert len(data) <= callbacks.MOST_BYTES


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "pay:",
        "pay:-1",
        "pay:1.5",
        "pay:٣",
        "pay:1:",
        "PAY:1",
        "pay 1",
        "pay:1\n",
        "x" * 65,
        "a:" + "9" * 20,
    ],
)
def test_made_up_data_is_nobodys(data: str):
    assert callbacks.unpack(data) is None


def test_a_screen_cannot_pack_what_would_not_come_back():
    with pytest.raises(ValueError, match="no callback data"):
        callbacks.pack("product", -1)

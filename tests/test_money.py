"""Whole rupiah, shown and read."""

import pytest

from app import money


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "Rp0"), (500, "Rp500"), (25_000, "Rp25.000"), (10_000_000, "Rp10.000.000"), (-25_000, "-Rp25.000")],
)
def test_amounts_are_shown_with_dots(amount, shown):
    assert money.rupiah(amount) == shown


@pytest.mark.parametrize("text", ["25000", "25.000", "25,000", "Rp25.000", "rp 25000", "Rp. 25.000"])
def test_dots_commas_and_the_currency_are_read(text):
    assert money.parse(text) == 25_000


@pytest.mark.parametrize("text", ["25k", "25 K", "25rb", "25 ribu", " 25.000,- "])
def test_people_write_amounts_in_many_ways(text):
    assert money.parse(text) == 25_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1jt", 1_000_000), ("2 juta", 2_000_000), ("1.000.000", 1_000_000), ("25.000,00", 25_000), ("0", 0)],
)
def test_larger_amounts_are_read_too(text, amount):
    assert money.parse(text) == amount


UNCLEAR = ["", "abc", "-5000", "25.00", "25.0000", "2.5", "1,5jt", "25.000k", "25 000", "Rp", "k", "1e5", "½"]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_guessed(text):
    assert money.parse(text) is None


def test_amounts_that_nobody_has_are_not_read():
    assert money.parse("9" * 4_000) is None
    assert money.parse("9" * 12) == 10**12 - 1


def test_what_is_shown_can_be_read():
    assert all(money.parse(money.rupiah(amount)) == amount for amount in (0, 7, 500, 123_456_789))

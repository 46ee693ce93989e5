"""Races on a real database. Beside each stands its negative control: the same code without its guard."""

import pytest


@pytest.fixture(autouse=True)
def _database(database):
    """Every race here starts from empty tables."""

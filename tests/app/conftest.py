"""Services alone: a database and its rows, no worker and no other system."""

import pytest


@pytest.fixture(autouse=True)
def _database(database):
    """Every test here starts from empty tables."""

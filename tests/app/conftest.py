"""Services alone: a database and its rows, no worker and no other system."""

import pytest

from tests.support import archives


@pytest.fixture(autouse=True)
def _database(database):
    """Every test here starts from empty tables."""


@pytest.fixture
def archive(database):
    """An audit database in which nothing is yet."""
    archives.forget()
    yield archives
    archives.forget()

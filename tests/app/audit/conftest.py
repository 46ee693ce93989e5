"""An audit database in which nothing is yet."""

import pytest

from tests.support import archives


@pytest.fixture
def archive(database):
    archives.forget()
    yield archives
    archives.forget()

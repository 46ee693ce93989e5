"""Bob, who runs the shop, in front of the page."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.support import given
from tests.support.given import BOB
from tests.support.operator import Operator


@pytest.fixture
def stranger(web: httpx.Client, database: object, valkey: object) -> Iterator[Operator]:
    """Somebody who is not logged in; Bob is known to the shop."""
    given.person(BOB, "Bob")
    operator = Operator(web)
    with operator.web:
        yield operator


@pytest.fixture
def bob(stranger: Operator) -> Operator:
    return stranger.logs_in()

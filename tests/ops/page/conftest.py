"""Bob, who runs the shop, in front of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from app.ops.page import cookies
from app.people import sessions
from tests.support import given
from tests.support.given import BOB
from tests.support.operator import Operator


@pytest.fixture
def operator(web: httpx.Client, valkey: object) -> Iterator[Operator]:
    operator = Operator(web)
    with operator.web:
        yield operator


@pytest.fixture
def stranger(operator: Operator, database: object) -> Operator:
    """Somebody who is not logged in; Bob is known to the shop."""
    given.person(BOB, "Bob")
    return operator


@pytest.fixture
def bob(operator: Operator, made_once: Callable[..., Any]) -> Operator:
    """Bob, logged in: once a session of tests, in which every test after the first finds him so."""
    operator.web.cookies.set(cookies.NAME, made_once(_logged_in), domain="127.0.0.1", path="/ops")
    return operator


def _logged_in() -> str:
    """As the page does it for the right password; the cookie."""
    given.person(BOB, "Bob")
    return cookies.written(cookies.fresh(sessions.start(BOB, "127.0.0.1"), BOB))

"""Several operators ask for the same check at one moment."""

from __future__ import annotations

import pytest

from app.backoffice import checkups
from models import Outbox
from tests.support import given, racing


@pytest.fixture(autouse=True)
def _asked_before(valkey: object) -> None:
    checkups.ask(checkups.VERIFY)
    Outbox.delete().execute()


def ask() -> str:
    return checkups.ask(checkups.VERIFY)


def test_of_many_presses_one_is_promised_and_each_is_on_record():
    results = racing.together(*[ask] * 5)

    assert sorted(results) == [checkups.ASKED, *[checkups.UNDER_WAY] * 4]
    assert len(given.promised("verify_shop")) == 1
    assert len(given.audited("verify.asked")) == 6


def test_without_the_lock_two_presses_promise_two():
    results = racing.overtaken(ask, ask, racing.lock("setting"), at='FROM "outbox"')

    assert results == [checkups.ASKED, checkups.ASKED]
    assert len(given.promised("verify_shop")) == 2

"""What the shop remembers about itself."""

import pytest

from app.infra import stored, transactions
from tests.support import racing

pytestmark = pytest.mark.usefixtures("database")


def test_what_is_put_replaces_what_was_there():
    assert stored.get("mood", "none yet") == "none yet"

    stored.put("mood", {"is": "good"})
    stored.put("mood", {"is": "better"})

    assert stored.get("mood") == {"is": "better"}


def test_only_the_first_of_many_puts_something_new():
    found = racing.together(*[lambda: stored.put_new("told", True)] * 4)

    assert sorted(found) == [False, False, False, True]


def test_only_one_of_many_advances_a_number():
    stored.put("alarm", 10.0)

    found = racing.together(*[lambda: stored.advance("alarm", 60.0, from_below=50.0)] * 4)

    assert sorted(found) == [False, False, False, True]
    assert stored.get("alarm") == 60.0


def test_nothing_is_lost_when_many_count_at_once():
    racing.together(*[lambda: stored.add("joined", 2)] * 4)

    assert stored.get("joined") == 8


def test_a_lock_begins_with_what_is_given():
    with transactions.atomic():
        assert stored.lock("maintenance", False) is False

    assert stored.drop("maintenance")
    assert not stored.drop("maintenance")

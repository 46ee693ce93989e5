"""Whom an admin means."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.bot.parsing import fields
from app.errors import Unknown, WrongFormat
from models import User, utcnow


@pytest.mark.parametrize("typed", ["1", " 1 ", "@alice", "@ALICE", "t.me/alice", "https://t.me/Alice"])
def test_a_person_is_named_by_id_or_username(buyer, typed: str):
    assert fields.person(typed, "info").id == 1


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "alice",
        "@",
        "@a b",
        "@<b>",
        "-1",
        "0",
        "1.5",
        "١",
        "😀",
        "1|2",
        "@" + "a" * 33,
        "9" * 19,
        "9" * 40,
    ],
)
def test_what_names_nobody_says_how_to_name_somebody(buyer, typed: str):
    with pytest.raises(WrongFormat) as caught:
        fields.person(typed, "info")

    assert caught.value.hint == "info.person"


@pytest.mark.parametrize("typed", ["999", "@charlie"])
def test_who_never_wrote_is_unknown(buyer, typed: str):
    with pytest.raises(Unknown):
        fields.person(typed, "info")


def test_a_name_that_changed_hands_is_whose_it_was_last(buyer, shop):
    shop.knows(3, "Charlie", "alice")
    User.update(seen_at=utcnow() - timedelta(days=1)).where(User.id == 1).execute()

    assert fields.person("@alice", "info").id == 3

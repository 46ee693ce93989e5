"""`admin add` and `admin remove`."""

from __future__ import annotations

from app.people import users
from tests.support import given
from tests.support.given import ALICE, BOB, CHARLIE


def test_a_person_becomes_an_admin_and_stops_being_one(ops):
    given.person(CHARLIE)

    added = ops("admin", "add", str(CHARLIE))
    assert (added.code, added.out) == (0, f"user {CHARLIE} is an admin\n")
    assert users.is_admin(users.get(CHARLIE))

    ops("admin", "remove", str(CHARLIE))
    assert not users.is_admin(users.get(CHARLIE))
    assert given.audited("user.admin_removed") == [{"before": True, "after": False}]


def test_someone_who_never_wrote_cannot_be_an_admin(ops):
    answer = ops("admin", "add", "77")

    assert (answer.code, answer.err) == (2, "error: user 77 has never written to the bot\n")


def test_the_last_admin_stays_and_a_banned_one_is_none(ops):
    given.person(CHARLIE)
    users.make_admin(CHARLIE, admin=True)
    given.person(ALICE)
    users.ban(ALICE)

    removed = ops("admin", "remove", str(CHARLIE), admin_ids="")
    added = ops("admin", "add", str(ALICE))

    assert (removed.code, removed.err) == (
        2,
        f"error: user {CHARLIE} is the last admin; add another one first\n",
    )
    assert (added.code, added.err) == (2, f"error: user {ALICE} is banned; lift that first\n")


def test_an_admin_of_the_settings_stays_one(ops):
    given.person(BOB)

    answer = ops("admin", "remove", str(BOB))

    assert "for as long as ADMIN_IDS names them" in answer.out

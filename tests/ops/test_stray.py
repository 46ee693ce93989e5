"""`stray`: payments that fit no order."""

from __future__ import annotations

import pytest

from app.sales import strays
from models import AuditEvent, Stray
from tests.support import given


@pytest.fixture
def stray(database, valkey) -> Stray:
    given.person()
    strays.note("TRXLOST", "PKS1")
    return Stray.get()


def test_they_are_listed_until_dealt_with(ops, stray):
    (listed,) = ops("stray", "list", "--json").json
    assert (listed["invoice"], listed["txn_id"], listed["times"]) == ("TRXLOST", "PKS1", 1)

    assert ops("stray", "dismiss", str(stray.id), "--reason", "test of the webhook").code == 0

    assert ops("stray", "list").out == "every payment fits an order\n"
    assert AuditEvent.get(AuditEvent.action == "stray.dismissed").actor == "ops"


def test_the_money_is_credited_once(ops, stray):
    words = ("stray", "credit", str(stray.id), "1", "25000", "--reason", "lost with the backup")

    first, again = ops(*words), ops(*words)

    assert first.out == f"stray {stray.id}: Rp25.000 went to the balance of user 1\n"
    assert (again.code, again.err) == (2, f"error: stray {stray.id} is credited already\n")
    assert given.balance() == 25_000


def test_the_gateway_is_asked_again(ops, stray):
    assert ops("stray", "look", str(stray.id)).code == 0

    assert given.promised("look_at_stray") == [[stray.id], [stray.id]]


@pytest.mark.parametrize(
    "words",
    [
        ["look", "99"],
        ["credit", "99", "1", "25000", "--reason", "x"],
        ["credit", "1", "99", "25000", "--reason", "x"],
        ["credit", "1", "1", "abc", "--reason", "x"],
        ["credit", "1", "1", "0", "--reason", "x"],
        ["dismiss", "1", "--reason", " "],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line(ops, stray, words):
    answer = ops("stray", *words)

    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert strays.get(stray.id).outcome is None

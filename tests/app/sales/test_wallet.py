"""Balances equal the sum of their ledger, are never negative, and count a reason once."""

import pytest

from app.errors import TooLittle, Unknown
from app.sales import wallet
from models import LedgerEntry, db
from tests.support import given
from tests.support.given import ALICE, BOB


def ledger():
    return [(entry.amount, entry.balance) for entry in LedgerEntry.select().order_by(LedgerEntry.id)]


def test_every_change_is_an_entry_with_the_balance_after_it():
    given.person()

    wallet.post(ALICE, 50_000, "deposit:1")
    wallet.post(ALICE, -20_000, "order:1")

    assert given.balance() == 30_000
    assert ledger() == [(50_000, 50_000), (-20_000, 30_000)]


def test_a_reason_counts_once():
    given.person()

    assert [wallet.post(ALICE, 1_000, "deposit:1") for _ in range(3)] == [True, False, False]
    assert given.balance() == 1_000


def test_what_is_not_there_cannot_be_spent():
    given.person(balance=1_000)

    with pytest.raises(TooLittle) as refusal:
        wallet.post(ALICE, -1_500, "order:1")

    assert refusal.value.missing == 500
    assert given.balance() == 1_000


def test_one_rupiah_too_little_is_too_little():
    given.person(balance=1_000)

    with pytest.raises(TooLittle) as refusal:
        wallet.post(ALICE, -1_001, "order:1")

    assert refusal.value.missing == 1


def test_a_change_that_is_repeated_is_told_once():
    given.person()

    for _ in range(2):
        wallet.adjust(ALICE, 500, "gift:1", note="Hadiah", actor_id=None)

    assert (given.balance(), given.told("balance_changed")) == (500, [ALICE])


def test_the_last_rupiah_may_be_spent():
    given.person(balance=1_000)

    wallet.post(ALICE, -1_000, "order:1")

    assert given.balance() == 0


def test_somebody_we_never_met_has_no_balance():
    with pytest.raises(Unknown):
        wallet.post(99, 1_000, "deposit:1")


def test_the_entry_says_who_did_it_and_why():
    given.person()

    wallet.post(ALICE, 1_000, "edit:1", note="a gift", actor_id=BOB)

    entry = LedgerEntry.get()
    assert (entry.note, entry.actor_id) == ("a gift", BOB)
    change = {"amount": 1_000, "before": 0, "balance": 1_000, "reason": "edit:1", "by": 2}
    assert given.audited("balance.changed") == [change]


def test_the_database_itself_refuses_a_negative_balance():
    given.person()

    with pytest.raises(Exception, match="user_balance_check"):
        db.execute_sql('UPDATE "user" SET balance = -1')

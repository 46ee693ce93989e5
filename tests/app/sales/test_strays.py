"""Payments that fit no order: told once, named until somebody has dealt with them, credited once."""

import pytest

from app.errors import AmountOutOfRange, StrayEnded, Unknown
from app.sales import strays
from models import LedgerEntry, Stray
from tests.support import broken, given, racing
from tests.support.given import ALICE, BOB

WHY = "lost with the backup"


@pytest.fixture
def stray() -> Stray:
    given.person()
    strays.note("TRXLOST", "PKS1")
    return Stray.get()


def test_each_payment_is_told_once():
    news = [strays.note(*one) for one in [("TRXLOST", "PKS1"), ("TRXLOST", "PKS1"), ("TRXLOST", "PKS2")]]

    assert news == [True, False, True]
    assert given.told("payment_stray") == [BOB, BOB]


def test_it_is_named_until_somebody_has_dealt_with_it(stray):
    (named,) = broken.breaches()
    assert "TRXLOST was paid by transaction PKS1, which no order of ours fits" in named

    strays.dismiss(stray.id, why=WHY)

    assert broken.breaches() == []
    assert (strays.get(stray.id).note, given.audited("stray.dismissed")) == (WHY, [{}])


def test_its_money_becomes_balance(stray):
    strays.credit(stray.id, ALICE, 25_000, why=WHY, actor_id=BOB)

    assert given.balance() == 25_000
    assert (LedgerEntry.get().note, LedgerEntry.get().actor_id) == (WHY, BOB)
    assert given.told("balance_changed") == [ALICE]
    assert broken.breaches() == []


def test_a_notification_after_that_changes_nothing(stray):
    strays.dismiss(stray.id, why=WHY)

    assert strays.note("TRXLOST", "PKS1") is False
    assert strays.get(stray.id).outcome == Stray.DISMISSED


def test_it_is_dealt_with_once_however_many_do():
    given.person()
    for number in range(5):
        strays.note("TRXLOST", f"PKS{number}")
        id_ = Stray.get(Stray.txn_id == f"PKS{number}").id

        results = racing.together(
            lambda id_=id_: strays.credit(id_, ALICE, 1_000, why="bot"),
            lambda id_=id_: strays.credit(id_, ALICE, 1_000, why="shell"),
            lambda id_=id_: strays.dismiss(id_, why="page"),
        )

        assert racing.kinds(results) == ["StrayEnded", "StrayEnded", "ok"]
    assert given.balance() == 1_000 * Stray.select().where(Stray.outcome == Stray.CREDITED).count()
    assert broken.breaches() == []


@pytest.mark.parametrize(
    ("user_id", "amount", "error"),
    [(ALICE, 0, AmountOutOfRange), (ALICE, 10_000_001, AmountOutOfRange), (99, 1_000, Unknown)],
)
def test_nothing_is_credited_that_cannot_be(stray, user_id, amount, error):
    with pytest.raises(error):
        strays.credit(stray.id, user_id, amount, why=WHY)

    assert strays.get(stray.id).outcome is None


def test_a_stray_that_does_not_exist_is_not_found(database):
    with pytest.raises(Unknown):
        strays.dismiss(7, why=WHY)


def test_who_deals_with_it_twice_is_told_so(stray):
    strays.dismiss(stray.id, why=WHY)

    with pytest.raises(StrayEnded) as refusal:
        strays.credit(stray.id, ALICE, 1_000, why=WHY)
    assert refusal.value.outcome == Stray.DISMISSED

"""A balance is spent once, and credits of one reason count once."""

from app.sales import wallet
from models import LedgerEntry
from tests.support import given, racing
from tests.support.given import ALICE


def ledger_sum():
    return sum(entry.amount for entry in LedgerEntry.select())


def test_a_balance_is_not_spent_twice():
    given.person(balance=25_000)
    netflix = given.product(price=25_000, stock_lines=5)

    results = racing.together(*[lambda: given.buy_with_balance(ALICE, netflix.id, 1)] * 4)

    assert racing.kinds(results) == ["TooLittle"] * 3 + ["ok"]
    assert given.balance() == ledger_sum() == 0
    assert given.shelf(netflix.id) == {"reserved": 1, "available": 4}


def test_a_hundred_purchases_at_once_spend_what_there_is():
    given.person(balance=1_000_000)
    netflix = given.product(price=25_000, stock_lines=100)

    results = racing.crowd(lambda _: given.buy_with_balance(ALICE, netflix.id, 1), range(100))

    assert racing.kinds(results) == ["TooLittle"] * 60 + ["ok"] * 40
    assert given.balance() == ledger_sum() == 0
    assert given.shelf(netflix.id) == {"reserved": 40, "available": 60}


def test_without_the_lock_a_balance_is_spent_twice():
    given.person(balance=25_000)

    spent = racing.overtaken(
        lambda: wallet.post(ALICE, -25_000, "order:1:payment"),
        lambda: wallet.post(ALICE, -25_000, "order:2:payment"),
        racing.lock("user"),
    )

    assert (spent, given.balance(), ledger_sum()) == ([True, True], 0, -25_000)


def test_many_changes_at_once_all_count():
    given.person()

    racing.crowd(lambda n: wallet.post(ALICE, 1_000, f"deposit:{n}"), range(60))

    assert given.balance() == ledger_sum() == 60_000


def test_without_the_lock_changes_are_lost():
    given.person()

    racing.overtaken(
        lambda: wallet.post(ALICE, 1_000, "deposit:1"),
        lambda: wallet.post(ALICE, 1_000, "deposit:2"),
        racing.lock("user"),
    )

    assert (given.balance(), ledger_sum()) == (1_000, 2_000)


def test_one_reason_counts_once_however_many_come():
    given.person()

    results = racing.together(*[lambda: wallet.post(ALICE, 1_000, "order:1:credit")] * 6)

    assert sorted(results) == [False] * 5 + [True]
    assert given.balance() == 1_000

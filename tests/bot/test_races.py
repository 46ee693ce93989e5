"""The same person, twice at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.infra import transactions
from app.sales import wallet
from models import HandledUpdate, Order, User
from tests.support import racing
from tests.support.chatter import Chatter

THREADS = 6


def at_once(act: Callable[[], Any]) -> list[Any]:
    return racing.together(*[act] * THREADS)


def with_money(amount: int) -> None:
    with transactions.atomic():
        wallet.post(1, amount, "test:credit")


def test_one_update_in_many_hands_acts_once(buyer: Chatter, shop):
    shop.sells("A", number=101, price=1_000, stock=[f"K{n}" for n in range(THREADS)])
    with_money(100_000)
    update = buyer.press("pay:101:1:1000:0")

    outcomes = at_once(lambda: buyer.does(update))

    assert Order.select().count() == 1
    assert HandledUpdate.select().count() == 1
    assert len({outcome.screen.text for outcome in outcomes}) == 1


def test_one_button_hammered_buys_once(buyer: Chatter, shop):
    shop.sells("A", number=101, price=1_000, stock=[f"K{n}" for n in range(THREADS)])
    with_money(100_000)

    outcomes = at_once(lambda: buyer.presses("pay:101:1:1000:0"))

    assert Order.select().count() == 1
    assert sum(outcome.screen is not None for outcome in outcomes) == 1


def test_someone_new_is_met_once(stranger: Chatter):
    outcomes = at_once(lambda: stranger.says("/start"))

    assert all("Selamat datang" in outcome.screen.text for outcome in outcomes)
    assert User.select().count() == 1
    assert HandledUpdate.select().count() == THREADS

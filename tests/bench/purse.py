"""100 purchases at once on one balance: what was spent is what the ledger says, and all there was."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from peewee import fn

from app.catalogue import products, stock
from app.errors import TooLittle
from app.infra import transactions
from app.ops import invariants
from app.people import users
from app.sales import wallet
from models import LedgerEntry, Order, db
from tests.bench import report
from tests.support import given
from tests.support.stack import Stack

BUYER, PRODUCT, PRICE = 7_000, 103, 25_000
PURCHASES, AFFORDABLE, THREADS = 100, 40, 20


def measure(stack: Stack) -> list[report.Figure]:
    stack.telegram.person(BUYER, "Spender").start()
    with db.connection_context():
        _prepare()
    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        bought = sum(threads.map(_buy, range(PURCHASES)))
    took_s = time.perf_counter() - started
    with db.connection_context():
        spent, ledger, left = _spent(), _ledger(), _balance()
        breaches = invariants.run()
    agree = spent == ledger == AFFORDABLE * PRICE and left == 0
    return [
        report.Figure("balance race: spent == ledger", f"{spent} == {ledger}", "all there was", agree),
        report.Figure(
            f"balance race: bought of {PURCHASES}", str(bought), str(AFFORDABLE), bought == AFFORDABLE
        ),
        report.figure("balance race: purchases on one balance", PURCHASES / took_s, "/s"),
        report.Figure("balance race: breaches found by verify", str(len(breaches)), "0", not breaches),
    ]


def _prepare() -> None:
    with transactions.atomic():
        users.meet(BUYER, "Spender", None)
    wallet.post(BUYER, AFFORDABLE * PRICE, "bench")
    products.add("Purse", PRICE, number=PRODUCT)
    stock.add(PRODUCT, (f"COIN-{number}" for number in range(PURCHASES)))


def _buy(_number: int) -> bool:
    with db.connection_context():
        try:
            given.buy_with_balance(BUYER, PRODUCT, 1)
        except TooLittle:
            return False
        return True


def _spent() -> int:
    return int(Order.select(fn.SUM(Order.total)).where(Order.user == BUYER).scalar())


def _ledger() -> int:
    entries = LedgerEntry.select(fn.SUM(LedgerEntry.amount))
    return -int(entries.where(LedgerEntry.user == BUYER, LedgerEntry.amount < 0).scalar())


def _balance() -> int:
    return int(users.get(BUYER).balance)

"""A hundred and fifty people buy while processes are killed, Redis is emptied and both peers stumble.

What was paid ends as goods or as money, what was not as nothing, and hardly anybody has to ask twice.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from app.catalogue import products, stock
from app.infra import logs
from app.ops import invariants
from app.sandbox.pakasir.refusals import Refusal
from app.sandbox.telegram.calls import Call
from models import Order, StockItem, db
from tests.bench import chat
from tests.support.people import Someone
from tests.support.stack import Stack, stack

#: One trouble for each so many buyers.
BUYERS, AT_ONCE, EACH = 150, 10, 5
#: Of so many buyers one may be told to try again.
ONE_IN = 50
PATIENCE_S = 60.0
SETTLED_S = 120.0


@dataclass(frozen=True)
class Run:
    """`pays`: how the gateway announces the payment of a buyer by number; None: that one does not pay."""

    name: str
    pays: Callable[[int], str | None]
    #: How long a QR can be paid.
    open_s: int = 600


RUNS = [
    Run("crash run: purchase", lambda _number: "once"),
    Run("crash run: expiry", lambda number: "lost" if number % 3 == 0 else None, open_s=30),
    Run("crash run: forged", lambda _number: "forged"),
]


def hold(wanted: list[str]) -> bool:
    """Whether nothing was lost; true as well when this was not wanted."""
    chosen = [run for run in RUNS if not wanted or any(word in run.name for word in wanted)]
    held = [_hold(run) for run in chosen]
    return all(held)


def _hold(run: Run) -> bool:
    print(f"… {run.name}", flush=True)
    with stack() as running:
        logs.setup("chaos")
        _open(running, run)
        again = _buy_under_fire(running, run)
        wrong = _wrong_in_the_end(running)
        with db.connection_context():
            told = Order.select().where(Order.reason == Order.NO_QR).count()
    if again > BUYERS // ONE_IN:
        wrong.append(f"{again} of {BUYERS} had to try again")
    print(f"{run.name}: {BUYERS} buyers, {again} had to try again ({told} were told to), {len(wrong)} wrong")
    for line in wrong:
        print(f"{run.name}: {line}")
    return not wrong


def _open(running: Stack, run: Run) -> None:
    running.env["PAYMENT_EXPIRY_SECONDS"] = str(run.open_s)
    running.start_web()
    running.start_worker()
    running.start("clock", "workers.clock")
    running.set_webhook()
    with db.connection_context():
        products.add("Chaos", 25_000, number=chat.PRODUCT)
        stock.add(chat.PRODUCT, (f"KEY-{number}" for number in range(2 * BUYERS)))


def _buy_under_fire(running: Stack, run: Run) -> int:
    """How many had to try again. With every few who come to buy, the next trouble begins."""
    troubles = _troubles(running)

    def come(number: int) -> bool:
        if number % EACH == 0:
            running.revive()
            next(troubles)()
        return _buy(running, run, number)

    with ThreadPoolExecutor(AT_ONCE) as people:
        again = sum(people.map(come, range(BUYERS)))
    running.telegram.faults.clear()
    running.pakasir.clear_faults()
    return again


def _troubles(running: Stack) -> Iterator[Callable[[], object]]:
    """One after another, Redis emptied once among them."""
    troubles: list[Callable[[], object]] = [
        lambda: running.telegram.fault("*", "5xx", 3),
        lambda: _kill(running, "worker"),
        lambda: running.pakasir.fault("*", "down", 3),
        lambda: _kill(running, "web"),
        lambda: running.telegram.fault("*", "dropped", 2),
        lambda: running.pakasir.fault("*", "error", 2),
        lambda: _kill(running, "clock"),
        lambda: running.pakasir.fault("status", "rate", 2),
    ]
    return itertools.chain(troubles, [running.redis.flushall], itertools.cycle(troubles))


def _kill(running: Stack, name: str) -> None:
    running.kill(name)
    running.restart(name)


def _buy(running: Stack, run: Run, number: int) -> bool:
    """From the product's page to the payment. True if the buyer had to try again."""
    buyer = Someone(running.telegram, 9_000 + number, f"Buyer {number}", timeout_s=PATIENCE_S)
    tries = next((tries for tries in range(1, 4) if _gets_a_qr(running, buyer)), 3)
    webhook = run.pays(number)
    if webhook and (invoice := _invoice(buyer.id)):
        with suppress(Refusal):  # too late: it lapsed while everything was down
            running.pakasir.pays(invoice, webhook)
    return tries > 1


def _gets_a_qr(running: Stack, buyer: Someone) -> bool:
    before = len(_shown(running, buyer))
    try:
        buyer.starts(f"p_{chat.PRODUCT}").taps("Lanjut ke pembayaran").taps("QRIS")
    except AssertionError:
        return False
    qr = running.telegram.wait(lambda: _shown(running, buyer)[before:], PATIENCE_S)
    return bool(qr)


def _shown(running: Stack, buyer: Someone) -> list[Call]:
    return [call for call in running.telegram.called("sendPhoto", buyer.id) if call.ok]


def _invoice(buyer: int) -> str | None:
    with db.connection_context():
        order = Order.select().where(Order.user == buyer, Order.state == Order.PENDING).first()
        return order.invoice if order else None


def _wrong_in_the_end(running: Stack) -> list[str]:
    """What is not as it should be once everything has had its time."""
    deadline = time.monotonic() + SETTLED_S
    while (wrong := _lost(running)) and time.monotonic() < deadline:
        running.revive()
        time.sleep(0.5)
    with db.connection_context():
        return wrong + [str(breach) for breach in invariants.run()]


def _lost(running: Stack) -> list[str]:
    with db.connection_context():
        orders = list(Order.select())
        free = StockItem.select().where(StockItem.order.is_null()).count()
    wrong = [
        f"{order.invoice} is {order.state}, at the gateway {paid}"
        for order in orders
        if (paid := _status(running, order.invoice)) is not None and not _fits(order, paid)
    ]
    sold = sum(order.quantity for order in orders if order.state == Order.DELIVERED)
    if not wrong and free + sold != 2 * BUYERS:
        wrong.append(f"{free} items free and {sold} sold of {2 * BUYERS}")
    return wrong


def _status(running: Stack, invoice: str) -> str | None:
    try:
        return running.pakasir.find(invoice).status
    except Refusal:
        return "unknown"


def _fits(order: Order, paid: str) -> bool:
    if paid == "completed":
        return order.state in (Order.DELIVERED, Order.CREDITED)
    return order.state in (Order.EXPIRED, Order.CANCELED)

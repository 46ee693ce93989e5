"""200 people press QRIS at once for 50 items: who gets one, and that nobody pays for nothing."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from app.catalogue import products, stock
from app.ops import invariants
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from models import Order, db
from tests.bench import report
from tests.support.stack import Stack, await_true

BUYERS, ITEMS, PRODUCT = 200, 50, 102
#: The gateway makes two payments a second.
ALL_QRS_S = 90


def measure(stack: Stack) -> list[report.Figure]:
    with db.connection_context():
        products.add("Scarce", 25_000, number=PRODUCT)
        stock.add(PRODUCT, (f"RARE-{number}" for number in range(ITEMS)))
    people = [stack.telegram.person(5_000 + number, f"Racer {number}") for number in range(BUYERS)]
    ready = [(person, _summary(person)) for person in people]
    started = time.perf_counter()
    for person, message in ready:
        person.tap(message, _button(message, "QRIS"))
    decided = stack.telegram.wait(lambda: _answered(ready), 120)
    decided_s = time.perf_counter() - started
    with db.connection_context():
        invoices = [order.invoice for order in _orders().where(Order.state == Order.PENDING)]
    stack.telegram.wait(lambda: _qrs(stack, people) >= len(invoices), ALL_QRS_S)
    for invoice in invoices:
        stack.pakasir.pays(invoice)
    stack.telegram.wait(lambda: _goods(stack, people) >= ITEMS, 60)
    with contextlib.suppress(TimeoutError):  # the last answer of Telegram is still being written down
        await_true(lambda: _delivered() >= ITEMS, "the last order")
    delivered = _delivered()
    with db.connection_context():
        breaches = invariants.run()
    return [
        report.Figure("race: everybody answered", str(bool(decided)), "True", bool(decided)),
        report.figure("race: until everybody had an answer", decided_s, "s"),
        report.Figure(f"race: sold of {ITEMS} to {BUYERS}", str(delivered), str(ITEMS), delivered == ITEMS),
        report.Figure("race: breaches found by verify", str(len(breaches)), "0", not breaches),
    ]


def _summary(person: Person) -> Message:
    """Walk to the screen before the payment."""
    person.start(f"p_{PRODUCT}")
    product = person.waits_for(lambda message: _has(message, "Lanjut ke pembayaran"), 60)
    person.tap(product, _button(product, "Lanjut ke pembayaran"))
    return person.waits_for(lambda message: _has(message, "QRIS"), 60)


def _answered(ready: list[tuple[Person, Message]]) -> bool:
    return all(person.answers[-1].answered for person, _ in ready)


def _orders() -> Any:
    return Order.select().where(Order.product == PRODUCT)


def _delivered() -> int:
    with db.connection_context():
        return int(_orders().where(Order.state == Order.DELIVERED).count())


def _qrs(stack: Stack, people: list[Person]) -> int:
    wanted = {person.id for person in people}
    return len({call.chat_id for call in stack.telegram.called("sendPhoto")} & wanted)


def _goods(stack: Stack, people: list[Person]) -> int:
    wanted = {person.id for person in people}
    calls = stack.telegram.called("sendMessage")
    return len({call.chat_id for call in calls if "RARE-" in str(call.params)} & wanted)


def _has(message: Message, label: str) -> bool:
    return any(label in button.label for button in message.buttons)


def _button(message: Message, label: str):  # type: ignore[no-untyped-def]
    return next(button for button in message.buttons if label in button.label)

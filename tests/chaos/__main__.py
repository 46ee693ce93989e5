"""Under every fault people pay; soon after it each order has ended as goods or as money, once."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from tabulate import tabulate

from app.catalogue import listings, products, stock
from app.infra import logs
from app.ops import invariants
from app.sandbox.telegram.people import Person
from models import Order, StockItem, db
from tests.bench import chat
from tests.chaos import alerts, claims, crashes, faults, services, slow, trail
from tests.support.stack import Stack, stack

BUYERS = 8
PRODUCT = chat.PRODUCT


@dataclass(frozen=True)
class Outcome:
    """What became of the orders of one fault."""

    fault: str
    ended: int
    repeated: int
    after_s: float
    breaches: list[str]
    within_s: float

    @property
    def good(self) -> bool:
        return self.ended == BUYERS and self.after_s <= self.within_s and not self.breaches


def main(wanted: list[str]) -> int:
    if wanted and not any(word in name for name in _names() for word in wanted):
        raise SystemExit("no fault run is called like that; there are:\n" + "\n".join(_names()))
    chosen = [fault for fault in faults.ALL if not wanted or any(word in fault.name for word in wanted)]
    outcomes = _try_all(chosen) if chosen else []
    rows = [[o.fault, f"{o.ended}/{BUYERS}", o.repeated, f"{o.after_s:.1f}", _verdict(o)] for o in outcomes]
    print(tabulate(rows, ["fault", "ended well", "sent twice", "s after its end", ""]))
    for outcome in outcomes:
        for breach in outcome.breaches:
            print(f"{outcome.fault}: {breach}")
    held = [part.hold(wanted) for part in (services, claims, crashes, trail, alerts, slow)]
    return 0 if all(held) and all(outcome.good for outcome in outcomes) else 1


def _names() -> list[str]:
    parts = [services.NAME, claims.NAME, trail.NAME, alerts.NAME, slow.NAME]
    return [*(fault.name for fault in faults.ALL), *(run.name for run in crashes.RUNS), *parts]


def _try_all(chosen: list[faults.Fault]) -> list[Outcome]:
    waiting, outcomes = deque(enumerate(chosen)), list[Outcome]()
    while waiting:
        outcomes += _in_one_shop(waiting)
    return outcomes


def _in_one_shop(waiting: deque[tuple[int, faults.Fault]]) -> Iterator[Outcome]:
    """Until a fault it does not come back from: nothing more can be learnt of it, the next gets a new one."""
    with stack() as running:
        logs.setup("chaos")
        _prepare(running)
        while waiting:
            number, fault = waiting.popleft()
            try:
                yield _try(running, number, fault)
            except TimeoutError as error:
                yield Outcome(fault.name, 0, 0, 0.0, [str(error)], fault.within_s)
                return


def _prepare(running: Stack) -> None:
    running.start_web()
    running.start_worker()
    running.start("clock", "workers.clock")
    running.set_webhook()
    with db.connection_context():
        products.add("Chaos", 25_000, number=PRODUCT)
        stock.add(PRODUCT, (f"KEY-{number}" for number in range(1_000)))
        products.add("Akun", 25_000, number=faults.SLOTTED)
        listings.set_slots(faults.SLOTTED, 4)
        stock.add(faults.SLOTTED, (f"KEY-AKUN-{number}" for number in range(50)))


def _newcomers(running: Stack, number: int) -> list[Person]:
    """Buyers of their own for each fault: what one leaves open does not stand in the way of the next."""
    ids = range(7_000 + number * BUYERS, 7_000 + (number + 1) * BUYERS)
    people = [running.telegram.person(each, f"Buyer {each}") for each in ids]
    for person in people:
        person.start()
    for person in people:
        person.waits_for(lambda _message: True, 30)
    return people


def _try(running: Stack, number: int, fault: faults.Fault) -> Outcome:
    print(f"… {fault.name}", flush=True)
    people = _newcomers(running, number)
    shown = len(running.telegram.called("sendPhoto"))
    invoices = [chat.open_order(running, person, fault.product) for person in people]
    running.telegram.wait(lambda: len(running.telegram.called("sendPhoto")) >= shown + BUYERS, 30)
    with faults.during(fault, running):
        for invoice in invoices:
            running.pakasir.pays(invoice, fault.webhook)
        time.sleep(LASTS_S)
    ended_at = time.monotonic()
    ended = _await_ends(running, invoices, fault.within_s)
    after_s = time.monotonic() - ended_at
    with db.connection_context():
        breaches = [str(breach) for breach in invariants.run()]
    return Outcome(fault.name, ended, _repeated(running, invoices), after_s, breaches, fault.within_s)


#: How long each fault lasts while the payments come in.
LASTS_S = 3.0


def _await_ends(running: Stack, invoices: list[str], within_s: float) -> int:
    deadline = time.monotonic() + within_s
    while (ended := _ended(invoices)) < len(invoices) and time.monotonic() < deadline:
        running.revive()
        time.sleep(0.1)
    return ended


def _ended(invoices: list[str]) -> int:
    with db.connection_context():
        ends = Order.state.in_([Order.DELIVERED, Order.CREDITED])
        return int(Order.select().where(Order.invoice.in_(invoices), ends).count())


def _repeated(running: Stack, invoices: list[str]) -> int:
    """Messages with goods beyond one an order: allowed only where Telegram's answer was lost."""
    with db.connection_context():
        orders = Order.select(Order.id).where(Order.invoice.in_(invoices))
        sold = StockItem.select().where(StockItem.order.in_(orders)).count()
    calls = [call for call in running.telegram.called("sendMessage") if call.ok]
    shown = [call for call in calls if any(invoice in str(call.params) for invoice in invoices)]
    goods = [call for call in shown if "KEY-" in str(call.params)]
    return max(0, len(goods) - int(sold))


def _verdict(outcome: Outcome) -> str:
    return "good" if outcome.good else "BAD"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Warranty claims while a worker is killed: each is answered once, and one replacement arrives for each."""

from __future__ import annotations

import re
import time

from app.catalogue import listings, products, stock
from app.infra import logs, transactions
from app.ops import invariants
from app.sales import claims, wallet, warranty
from app.sandbox.telegram.people import Person
from models import Claim, Order, db
from tests.support import given
from tests.support.stack import ADMIN, Stack, stack

NAME = "warranty claims with a worker killed"
BUYERS, PRODUCT, PRICE, WITHIN_S = 12, 901, 1_000, 60.0
KEY = re.compile(r"KEY-\d+")


def hold(wanted: list[str]) -> bool:
    """Whether every buyer got one replacement; true as well when this was not wanted."""
    if wanted and not any(word in NAME for word in wanted):
        return True
    print(f"… {NAME}", flush=True)
    with stack() as running:
        logs.setup("chaos")
        people = _buyers(running)
        for number, claim_id in enumerate(_claims(running)):
            _answer(running, claim_id)
            if number in {BUYERS // 3, 2 * BUYERS // 3}:
                running.kill("worker")
                running.restart("worker")
        wrong = _wrong(running, people)
    print(f"{BUYERS} claims, {len(wrong)} things wrong")
    for line in wrong:
        print(f"{NAME}: {line}")
    return not wrong


def _buyers(running: Stack) -> list[Person]:
    """Each has bought one under warranty, and has it."""
    running.start_web()
    running.start_worker()
    running.start("clock", "workers.clock")
    running.set_webhook()
    people = [running.telegram.person(9_000 + number, f"Buyer {number}") for number in range(BUYERS)]
    for person in people:
        person.start()
        person.waits_for(lambda _message: True, 30)
    with db.connection_context():
        products.add("Bergaransi", PRICE, number=PRODUCT)
        listings.change(PRODUCT, warranty_days=30)
        stock.add(PRODUCT, (f"KEY-{number}" for number in range(3 * BUYERS)))
        for person in people:
            with transactions.atomic():
                wallet.post(person.user.id, PRICE, f"chaos:{person.user.id}")
                given.buy_with_balance(person.user.id, PRODUCT, 1)
        _await(running, Order.select().where(Order.state == Order.DELIVERED))
    return people


def _claims(running: Stack) -> list[int]:
    with db.connection_context():
        placed = list(Order.select().where(Order.product == PRODUCT).order_by(Order.id))
        return [
            warranty.claim(each.id, warranty.items(each)[0].id, "mati", user_id=each.user_id).id
            for each in placed
        ]


def _answer(running: Stack, claim_id: int) -> None:
    """The admin presses `Ganti` under the notice, twice."""
    admin = running.telegram.person(ADMIN, "Admin")
    notice = admin.waits_for(lambda message: f"#{claim_id}\n" in message.text and message.buttons, 60)
    button = next(each for each in notice.buttons if each.label == "Ganti")
    for _ in range(2):
        admin.tap(notice, button)


def _wrong(running: Stack, people: list[Person]) -> list[str]:
    with db.connection_context():
        _await(running, Claim.select().where(Claim.handed_at.is_null(False)))
        found = [str(breach) for breach in invariants.run()]
        late = claims.waiting().count()
    found += [f"{late} claims are open"] if late else []
    for person in people:
        sent = [call for call in running.telegram.called("sendMessage", person.user.id) if call.ok]
        keys = {key for call in sent for key in KEY.findall(str(call.params))}
        if len(keys) != 2:
            found.append(f"buyer {person.user.id} got {sorted(keys)}")
    return found


def _await(running: Stack, wanted) -> None:  # type: ignore[no-untyped-def]
    """Until there is one for each buyer, or too long."""
    deadline = time.monotonic() + WITHIN_S
    while wanted.count() < BUYERS and time.monotonic() < deadline:
        running.revive()
        time.sleep(0.1)

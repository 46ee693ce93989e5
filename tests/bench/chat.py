"""What people wait for: the screen after a tap, and the goods after the payment."""

from __future__ import annotations

import time

import httpx

from app.catalogue import products, stock
from app.clients.pakasir_answers import Opened
from app.infra import transactions
from app.sales import checkout, settlement
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from models import db
from tests.bench import report
from tests.bench.pace import paced
from tests.support.stack import Stack

TAPS, TAPS_PER_S = 300, 10
PAYMENTS, PAYMENTS_PER_S = 100, 5
#: Payments that lie between a QR and its own: 5 s, before the shop asks by itself.
BETWEEN = 25
UPDATES = 600
PRODUCT = 101


def prepare(stack: Stack, buyers: int) -> list[tuple[Person, Message]]:
    """A product, and people who look at it, each with the message they look at."""
    sell()
    return look(stack, buyers)


def look(stack: Stack, buyers: int) -> list[tuple[Person, Message]]:
    """They at what is sold already."""
    people = [stack.telegram.person(1_000 + number, f"Buyer {number}") for number in range(buyers)]
    for person in people:
        person.start(f"p_{PRODUCT}")
    return [(person, person.waits_for(has("+5"), 60)) for person in people]


def sell() -> None:
    with db.connection_context():
        products.add("Bench", 25_000, number=PRODUCT)
        stock.add(PRODUCT, (f"KEY-{number}" for number in range(10_000)))


def measure_taps(
    stack: Stack, looking: list[tuple[Person, Message]], *, p50: float | None = 40, p99: float = 120
) -> list[report.Figure]:
    """A tap on `+` or `-` is a callback query; the screen is there when Telegram has the edit."""
    taps: list[tuple[float, Message]] = []
    edits = _edits(stack, looking)
    for number in paced(TAPS, TAPS_PER_S):
        person, message = looking[number % len(looking)]
        label = "+" if (number // len(looking)) % 2 == 0 else "-"
        taps.append((time.time(), message))
        person.tap(message, button(message, label))
    stack.telegram.wait(lambda: _edits(stack, looking) >= edits + TAPS, 30)
    return report.latencies("tap to screen at 10/s", _delays(stack, taps), p50=p50, p99=p99)


def measure_rate(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    return [report.figure("updates handled", updates_per_s(stack, looking, "+2"), "/s", least=60)]


def updates_per_s(
    stack: Stack, looking: list[tuple[Person, Message]], *labels: str, count: int = UPDATES
) -> float:
    """What one worker process handles in a second when they come all at once: presses of `labels` in turn."""
    before = len(stack.telegram.called("editMessageText"))
    started = time.perf_counter()
    for number in range(count):
        person, message = looking[number % len(looking)]
        label = labels[number // len(looking) % len(labels)]
        person.tap(message, button(message, label))
    done = stack.telegram.wait(lambda: len(stack.telegram.called("editMessageText")) >= before + count, 120)
    assert done, "not every update got its screen"
    return count / (time.perf_counter() - started)


def measure_goods(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    delays_ms = payment_to_goods_ms(stack, looking)
    return report.latencies("payment to goods at 5/s", delays_ms, p50=60, p99=200)


def payment_to_goods_ms(stack: Stack, looking: list[tuple[Person, Message]]) -> list[float]:
    """From the gateway's notification to the goods at Telegram; each buyer pays some seconds after the QR."""
    people = [person for person, _ in looking[:PAYMENTS]]
    invoices: list[str] = []
    paid: list[float] = []
    for number in paced(PAYMENTS + BETWEEN, PAYMENTS_PER_S):
        if number < PAYMENTS:
            invoices.append(open_order(stack, people[number]))
        if number >= BETWEEN:
            paid.append(time.time())
            stack.pakasir.pays(invoices[number - BETWEEN])
    arrived = [_await_goods(stack, person.id, since) for person, since in zip(people, paid, strict=True)]
    return [(at - since) * 1000 for at, since in zip(arrived, paid, strict=True)]


def _await_goods(stack: Stack, person: int, since: float) -> float:
    at: float = stack.telegram.wait(lambda: _goods_at(stack, person, since), 30)
    return at


def open_order(stack: Stack, person: Person, product: int = PRODUCT) -> str:
    """An order whose QR is open, without waiting for the two a second that the gateway allows."""
    with db.connection_context(), transactions.atomic():
        order = checkout.place(person.id, product, 1)
        url = f"{stack.pakasir.url}/api/v2/create-transaction/bench/{order.invoice}"
        body = {"method": "qris", "amount": order.total}
        answer = httpx.post(url, headers={"X-Api-Key": "bench-key"}, json=body).raise_for_status().json()
        opened = Opened(
            txn_id=answer["txn_id"],
            invoice=order.invoice,
            amount=order.total,
            fee=answer["fee"],
            total=answer["total_payment"],
            qr_string=answer["qr_string"],
            payment_url=url,
            expires_at=None,
            is_sandbox=True,
            status=answer["status"],
        )
        settlement.note_opened(order.id, opened)
    return str(order.invoice)


def _goods_at(stack: Stack, person: int, since: float) -> float | None:
    calls = stack.telegram.called("sendMessage", person)
    return next((call.at for call in calls if call.at >= since and "KEY-" in str(call.params)), None)


def _edits(stack: Stack, looking: list[tuple[Person, Message]]) -> int:
    """Screens of these people; the progress of a broadcast is edited as well."""
    theirs = {message.chat_id for _, message in looking}
    return sum(call.chat_id in theirs for call in stack.telegram.called("editMessageText"))


def _delays(stack: Stack, taps: list[tuple[float, Message]]) -> list[float]:
    """Each tap with the first later edit of its message."""
    edits: dict[int, list[float]] = {}
    for call in stack.telegram.called("editMessageText"):
        edits.setdefault(call.chat_id or 0, []).append(call.at)
    return [
        (next(at for at in edits[message.chat_id] if at >= tapped) - tapped) * 1000
        for tapped, message in taps
    ]


def has(label: str):  # type: ignore[no-untyped-def]
    return lambda message: any(button.label.endswith(label) for button in message.buttons)


def button(message: Message, label: str):  # type: ignore[no-untyped-def]
    return next(button for button in message.buttons if button.label.split()[-1] == label)

"""The same people at either shop: how long they wait, and how many of them are served in a second."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, Queue

from app.sandbox.telegram.calls import Call
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from tests.bench import chat
from tests.bench.pace import paced
from tests.support.stack import Stack

Looking = Sequence[tuple[Person, Message]]

TAPS_PER_S, PAYMENTS_PER_S = 10, 5
#: Presses that wait for their screen at once, where as many as possible are served.
IN_FLIGHT = 32
WAIT_S = 60.0
#: After such a silence what is still missing has been lost: the peer does not try again.
LOST_S = 5.0


@contextmanager
def heard(stack: Stack, method: str, words: str = "") -> Iterator[Queue[Call]]:
    """Calls of a method that Telegram gets meanwhile, those with such words in them."""
    calls: Queue[Call] = Queue()

    def hear(event: dict[str, Call]) -> None:
        call = event.get("call")
        if call and call.method == method and words in str(call.params):
            calls.put(call)

    stop = stack.telegram.state.listen(hear)
    try:
        yield calls
    finally:
        stop()


def taps_ms(stack: Stack, looking: Looking, count: int) -> list[float]:
    """From a tap on `+` or `-` to the edit."""
    tapped: dict[int, list[float]] = {}
    with heard(stack, "editMessageText") as edits:
        for number in paced(count, TAPS_PER_S):
            person = press(looking, number)
            tapped.setdefault(person.id, []).append(time.time())
        calls = collected(edits, count)
    return [(call.at - tapped[call.chat_id or 0].pop(0)) * 1000 for call in calls]


def collected(heard_calls: Queue[Call], count: int) -> list[Call]:
    """So many calls, or fewer when no more come."""
    calls: list[Call] = []
    with suppress(Empty):
        while len(calls) < count:
            calls.append(heard_calls.get(timeout=LOST_S))
    return calls


def press(looking: Looking, number: int) -> Person:
    """The next of them presses `+`, and in the next turn `-`."""
    person, message = looking[number % len(looking)]
    person.tap(message, chat.button(message, "+-"[number // len(looking) % 2]))
    return person


def goods_ms(stack: Stack, invoices: dict[int, str]) -> list[float]:
    """From each payment to its goods. `invoices`: of open orders, by their buyers."""
    paid: dict[int, float] = {}
    with heard(stack, "sendMessage", "KEY-") as goods:
        for number in paced(len(invoices), PAYMENTS_PER_S):
            person, invoice = list(invoices.items())[number]
            paid[person] = time.time()
            stack.pakasir.pays(invoice)
        calls = collected(goods, len(invoices))
    return [(call.at - paid[call.chat_id or 0]) * 1000 for call in calls]

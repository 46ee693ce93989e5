"""A broadcast to a million: how soon everybody is listed and it goes out, and what it costs the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from app.people import broadcasts
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from models import Broadcast, db
from tests.bench import chat, report
from tests.bench.growth import crowd, tables
from tests.bench.peer import sides
from tests.support.stack import ADMIN, Stack

PEOPLE, LEAST_PEOPLE = 1_000_000, 500
#: As many as get theirs while anything here is measured are known to the stand-in.
KNOWN = 5_000
BUYERS = 60
#: Seconds until it is on its way; MiB that the worker may grow by; milliseconds that 99 of 100 taps may take.
STARTED_S, GROWN_MIB, TAP_MS = 60, 20, 1_000
LOOK_EVERY_S = 0.2
GIVEN_UP_S = 300.0


Looking = list[tuple[Person, Message]]


@dataclass
class Use:
    """The most memory that was seen, in MiB."""

    pss_mib: float = 0.0


def measure(stack: Stack, factor: float) -> list[report.Figure]:
    looking, people = _prepare(stack, factor)
    chat.measure_taps(stack, looking, p50=None)  # all is imported and connected before memory counts
    before_mib = sides.pss_mib(stack, "worker")
    with watched(stack) as use, ThreadPoolExecutor(1) as looker:
        number, started = start(), time.perf_counter()
        moments = looker.submit(await_start, number, started)
        taps = chat.measure_taps(stack, looking, p50=None, p99=TAP_MS)
        listed_s, sent_s = moments.result()
    with db.connection_context():
        listed = broadcasts.get(number).total
        broadcasts.stop(number)
    rows = [
        ("people listed", f"{listed:,}"),
        ("all of them listed after", f"{listed_s:.1f} s"),
        ("first message after", f"{sent_s:.1f} s"),
        *((f"{one.what}, meanwhile", one.value) for one in taps),
        ("PSS of the worker before, and most", f"{before_mib:.0f} MiB, {use.pss_mib:.0f} MiB"),
        ("until everybody has it", f"{listed / broadcasts.MESSAGES_A_SECOND / 3600:.1f} h"),
    ]
    limit = f"what Telegram lets a bot send: {broadcasts.MESSAGES_A_SECOND} of 30 a second are a broadcast's"
    tables.show("broadcast", ["to very many", ""], rows, limit)
    return [
        report.figure("people that a broadcast listed", listed, "", least=people),
        report.figure("broadcast, first message after", sent_s, "s", below=STARTED_S),
        report.figure("broadcast, worker grew by", use.pss_mib - before_mib, "MiB", below=GROWN_MIB),
        *(report.Figure(f"{one.what}, large broadcast", one.value, one.target, one.good) for one in taps),
    ]


def _prepare(stack: Stack, factor: float) -> tuple[Looking, int]:
    """The shop, who looks at it, and how many people it has; those who get theirs first can be written to."""
    stack.start_web()
    stack.start_worker()
    stack.start("clock", "workers.clock")
    stack.set_webhook()
    looking = chat.prepare(stack, BUYERS)
    people = crowd.join(stack, 0, max(LEAST_PEOPLE, int(PEOPLE * factor)))
    for number in range(crowd.FIRST, crowd.FIRST + min(people, KNOWN)):
        stack.telegram.person(number, "Pelanggan").user.started = True
    return looking, people


@contextmanager
def watched(stack: Stack) -> Iterator[Use]:
    use, stop = Use(), threading.Event()

    def watch() -> None:
        while not stop.wait(LOOK_EVERY_S):
            use.pss_mib = max(use.pss_mib, sides.pss_mib(stack, "worker"))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield use
    finally:
        stop.set()
        thread.join()


def start() -> int:
    with db.connection_context():
        number = int(broadcasts.draft_text("Halo semua", ADMIN).id)
        broadcasts.confirm(number, ADMIN, None)
        return number


def await_start(number: int, started: float) -> tuple[float, float]:
    """Seconds until all are listed, and until the first has it. Raises TimeoutError."""
    listed_s = 0.0
    with db.connection_context():
        while (now_s := time.perf_counter() - started) < GIVEN_UP_S:
            broadcast = Broadcast.get_by_id(number)
            if broadcast.listed_at and not listed_s:
                listed_s = now_s
            if broadcast.sent:
                return listed_s, now_s
            time.sleep(LOOK_EVERY_S)
    raise TimeoutError("the broadcast did not start")

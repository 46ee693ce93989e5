"""Pakasir fails 12 % for six minutes: admins read one message, which changes, and one all-clear."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import settings
from app.infra import logs
from app.sales import orders, payments
from app.sandbox.telegram.records import Message
from models import db
from tests.bench import chat
from tests.support.stack import ADMIN, Stack, stack

NAME = "alerts while the gateway fails now and then"
SHARE, LASTS_S = 0.12, 360.0
#: The gateway takes a question about a payment every four seconds.
BUYERS, PAUSE_S = 10, 0.5
#: Three minutes without a failure, and whoever looks.
ALL_CLEAR_S = 420.0
#: The QRs outlive the test.
EXPIRY_S = 3600
TITLE = "Pakasir bermasalah"


def hold(wanted: list[str]) -> bool:
    """Whether it was told like that; true as well when this was not wanted."""
    if wanted and not any(word in NAME for word in wanted):
        return True
    print(f"… {NAME}, {LASTS_S + ALL_CLEAR_S:.0f} s at most", flush=True)
    with stack() as running, settings.override(payment_expiry_seconds=EXPIRY_S):
        logs.setup("chaos")
        looks = _prepare(running)
        failed, total = _ask(running, looks, lambda elapsed_s: elapsed_s > LASTS_S, SHARE)
        firing = _told(running)
        _ask(running, looks, lambda elapsed_s: len(_told(running)) > 1 or elapsed_s > ALL_CLEAR_S, 0.0)
        told = _told(running)
    print(f"{failed} of {total} calls failed; told: {[each.text.splitlines()[0] for each in told]}")
    signs = [each.text[0] for each in told]
    changed = len(firing) == 1 and "edit_date" in firing[0].api
    good = signs == ["🔴", "🟢"] and changed
    print(f"{NAME}: {'good' if good else f'BAD {signs}, changed: {changed}'}")
    return good


def _prepare(running: Stack) -> Callable[[], None]:
    """Call the result to have the gateway asked about one more payment."""
    running.env["PAYMENT_EXPIRY_SECONDS"] = str(EXPIRY_S)
    running.start_web()
    running.start_worker()
    running.start("clock", "workers.clock")
    running.set_webhook()
    people = [person for person, _ in chat.prepare(running, BUYERS)]
    invoices = itertools.cycle([chat.open_order(running, person) for person in people])

    def look() -> None:
        with db.connection_context():
            order = orders.by_invoice(next(invoices))
            assert order
            payments.recheck(order.id)

    return look


def _ask(
    running: Stack, look: Callable[[], None], is_over: Callable[[float], bool], share: float
) -> tuple[int, int]:
    """How many calls failed, and how many there were."""
    started, before, failed = time.monotonic(), len(running.pakasir.calls_of("status")), 0
    while not is_over(time.monotonic() - started):
        look()
        time.sleep(PAUSE_S)
        while failed < share * (len(running.pakasir.calls_of("status")) - before):
            running.pakasir.fault("status", "error", 1)
            failed += 1
    return failed, len(running.pakasir.calls_of("status")) - before


def _told(running: Stack) -> list[Message]:
    """Messages of this alert in the admin's chat."""
    return [each for each in running.telegram.messages(ADMIN) if TITLE in each.text]

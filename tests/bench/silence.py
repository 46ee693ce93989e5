"""What people wait for while the gateway takes every call and answers none."""

from __future__ import annotations

from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from models import Payment, db, utcnow
from tests.bench import chat, crowds, report
from tests.support.stack import Stack

OPEN_ORDERS = 30


def measure(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    """Taps, beside those with a gateway that answers."""
    figures = _taps(stack, looking, "calm")
    for person in crowds.newcomers(stack, OPEN_ORDERS):
        chat.open_order(stack, person)
    stack.pakasir.fault("*", "slow", None, seconds=60)
    with db.connection_context():
        Payment.update(next_check_at=utcnow()).where(Payment.state == Payment.OPEN).execute()
    silent = f"silent gateway, {OPEN_ORDERS} open orders"
    figures += _taps(stack, looking, silent)
    stack.pakasir.clear_faults()
    return figures


def _taps(stack: Stack, looking: list[tuple[Person, Message]], when: str) -> list[report.Figure]:
    figures = chat.measure_taps(stack, looking, p50=None, p99=1_000)
    return [report.Figure(f"{each.what}, {when}", each.value, each.target, each.good) for each in figures]

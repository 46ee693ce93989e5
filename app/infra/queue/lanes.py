"""Which queue a job waits in, and how much of a worker each queue may use: nobody starves anybody.

    money     goods, QRs, what became of a payment, notices of it (which wait for room behind goods all the
              same, see yielding); the sweeps behind them
    pressed   buttons: people in the middle of something, a purchase perhaps
    default   what people type
    gateway   calls to the gateway that somebody waits for
    watch     what nobody waits for: cancellations at the gateway, looks at what may have been paid, word of
              orders that were left unpaid
    bulk      whatever goes to many, and what may take long

A fetched job counts until it is done, so a queue's share bounds how many of its jobs run at once in a
process. All but money together leave it a thread, whatever hangs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

MONEY, GATEWAY, PRESSED, DEFAULT = "money", "gateway", "pressed", "default"
WATCH, BULK = "watch", "bulk"
QUEUES = (MONEY, GATEWAY, PRESSED, DEFAULT, WATCH, BULK)

#: Threads of twelve that a queue may use.
SHARES = {MONEY: 5, GATEWAY: 2, PRESSED: 4, DEFAULT: 2, WATCH: 1, BULK: 2}
OF_THREADS = 12

#: Among the jobs that a process has fetched, the lowest is begun first.
PRIORITIES = {MONEY: 0, GATEWAY: 10, PRESSED: 20, DEFAULT: 20, WATCH: 50, BULK: 100}

#: Actors that are not in the default queue. Who sends a job may say otherwise: a notice to many is bulk.
_LANES = {
    MONEY: (
        "deliver_order",
        "send_qr",
        "show_paid",
        "show_closed",
        "show_slow",
        "send_notice",
        "report_failures",
        "evaluate_alerts",
        "tell_alert",
        "sweep_outbox",
        "expire_orders",
        "check_payments",
        "measure",
    ),
    GATEWAY: ("open_payment", "settle_payment", "expire_order", "check_payment"),
    WATCH: ("cancel_payment", "look_at_stray", "quote_fee"),
    BULK: (
        "list_recipients",
        "send_broadcast",
        "show_broadcast",
        "tell_waiters",
        "add_stock_file",
        "add_stock_batch",
        "publish_commands",
        "offer_commands",
        "describe_bot",
        "post_testimonial",
        "report_expired",
        "check_locks",
        "sweep_backups",
        "make_backup",
        "send_export",
        "drill_backup",
        "ship_audit",
        "sweep_audit",
        "prove_audit",
        "sweep_verify",
        "verify_shop",
        "run_doctor",
        "prune",
    ),
}
_LANE_OF = {actor: lane for lane, actors in _LANES.items() for actor in actors}

_current: ContextVar[str | None] = ContextVar("lane", default=None)
_behind: ContextVar[str | None] = ContextVar("behind", default=None)


def of(actor: str) -> str:
    """The queue where an actor's jobs wait unless their sender says otherwise."""
    return _LANE_OF.get(actor, DEFAULT)


def of_update(update: Mapping[str, Any]) -> str:
    """The queue where an update from Telegram waits: whoever presses does not stand behind those who type."""
    return PRESSED if "callback_query" in update else DEFAULT


def share(queue: str, threads: int) -> int:
    """How many jobs of a queue may be in the hands of a process with so many threads."""
    return max(1, round(threads * SHARES.get(queue, OF_THREADS) / OF_THREADS))


def current() -> str | None:
    """The queue of the job that runs here; None outside of jobs."""
    return _current.get()


def room() -> str | None:
    """Among whom this job looks for room: those of its own queue, unless it yields."""
    queue = current()
    return queue if queue == BULK else _behind.get() or queue


@contextmanager
def yielding(lane: str = DEFAULT) -> Iterator[None]:
    """What this job says inside finds room behind goods, as what is typed does, or what is pressed; what goes
    to many finds it later anyway."""
    outside = _behind.set(lane)
    try:
        yield
    finally:
        _behind.reset(outside)


def enter(queue: str | None) -> None:
    """The thread's next calls are those of a job of this queue; None when it has ended."""
    _current.set(queue)

"""Which jobs of an order are still promised: waiting in the outbox, or dead and waiting for an operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.errors import Locked
from app.infra.queue import dead
from models import DeadLetter, Order, db

#: Jobs whose first argument is the order's id, or its invoice.
OF_ORDERS = (
    "open_payment",
    "send_qr",
    "settle_payment",
    "check_payment",
    "expire_order",
    "cancel_payment",
    "show_paid",
    "deliver_order",
    "show_closed",
    "show_checked",
)


@dataclass(frozen=True)
class Promise:
    """`id` is the outbox row's or the dead letter's; `error` is what killed a dead one."""

    id: str
    actor: str
    due_at: datetime
    attempt: int
    error: str | None = None


def of_order(order: Order) -> list[Promise]:
    """Every job that will still be, or could still be, run for the order."""
    return [*_waiting(order), *_dead(order)]


def is_waiting(actor: str, order: Order) -> bool:
    """Whether this job of the order has yet to be done."""
    rows = db.execute_sql(
        "SELECT 1 FROM outbox WHERE actor = %s AND args->>0 = %s LIMIT 1", (actor, str(order.id))
    )
    return rows.fetchone() is not None


def dead_subjects(*actors: str) -> set[int]:
    """Ids of what these actors work on (orders, broadcasts) whose dead job nobody has dealt with."""
    found = {_subject(letter) for letter in dead.waiting().where(DeadLetter.actor.in_(actors))}
    return {subject for subject in found if isinstance(subject, int)}


def unreadable() -> list[str]:
    """Dead letters that none of the keys can open: nobody could run them again."""
    return [letter.id for letter in dead.waiting() if not _opens(letter)]


def _waiting(order: Order) -> list[Promise]:
    rows = db.execute_sql(
        "SELECT id, actor, due_at, attempt FROM outbox "
        "WHERE (actor = ANY(%s) AND args->>0 = ANY(%s)) "
        "OR (actor = 'send_notice' AND args->2->>'order_id' = %s) ORDER BY due_at",
        (list(OF_ORDERS), [str(order.id), order.invoice], str(order.id)),
    )
    return [Promise(str(id_), actor, due_at, attempt) for id_, actor, due_at, attempt in rows.fetchall()]


def _dead(order: Order) -> Iterator[Promise]:
    for letter in dead.waiting().where(DeadLetter.actor.in_(OF_ORDERS)):
        if _subject(letter) in {order.id, order.invoice}:
            yield Promise(letter.id, letter.actor, letter.died_at, letter.attempts, letter.error)


def _subject(letter: DeadLetter) -> object:
    if not _opens(letter):
        return None
    return next(iter(dead.args(letter)), None)


def _opens(letter: DeadLetter) -> bool:
    try:
        dead.args(letter)
    except Locked:
        return False
    return True

"""What happened to an order, which jobs of it are still promised, and what a customer has bought so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import fn

from app.audit import lookup
from app.errors import Locked
from app.infra.queue import dead
from app.sales import claims
from models import DeadLetter, Delivery, LedgerEntry, Order, Payment, db

#: Brings an order's goods to its buyer.
DELIVER = "deliver_order"
#: Jobs whose first argument is the order's id, or its invoice.
OF_ORDERS = (
    "open_payment",
    "send_qr",
    "settle_payment",
    "check_payment",
    "expire_order",
    "cancel_payment",
    "show_paid",
    DELIVER,
    "show_closed",
    "show_checked",
    "show_slow",
)


@dataclass(frozen=True)
class Moment:
    """`what` is an audit action, or `goods.<state>` for a message of goods, or `balance.changed`.

    `by` is a Telegram id or a part of the system; None where only the time is known.
    """

    at: datetime
    what: str
    by: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """`id` is the outbox row's or the dead letter's; `error` is what killed a dead one."""

    id: str
    actor: str
    due_at: datetime
    attempt: int
    error: str | None = None


@dataclass(frozen=True)
class Record:
    """`orders` of any state, how many were delivered, and rupiah spent on those."""

    orders: int
    delivered: int
    spent: int


def timeline(order: Order, payment: Payment | None) -> list[Moment]:
    """Every known moment of an order and its payment, earliest first."""
    audited = list(_audited(order, payment))
    known = {moment.what for moment in audited}
    noted = [moment for moment in _noted(order, payment) if moment.what not in known]
    return sorted([*noted, *audited, *_sent(order), *_booked(order)], key=lambda moment: moment.at)


def jobs(order: Order) -> list[Job]:
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


def undelivered(found: Sequence[Order]) -> set[int]:
    """Ids of those whose goods are paid for and whose delivery failed for good."""
    paid = [str(order.id) for order in found if order.state == Order.PAID]
    letters = dead.waiting().where(DeadLetter.actor == DELIVER, DeadLetter.subject.in_(paid)) if paid else []
    return {int(letter.subject) for letter in letters}


def unreadable() -> list[str]:
    """Dead letters that none of the keys can open: nobody could run them again."""
    return [letter.id for letter in dead.waiting() if not _opens(letter)]


def record_of(user_id: int) -> Record:
    """Deposits are no purchases."""
    is_delivered = Order.state == Order.DELIVERED
    row: Any = (
        Order.select(
            fn.COUNT(Order.id),
            fn.COUNT(Order.id).filter(is_delivered),
            fn.COALESCE(fn.SUM(Order.total).filter(is_delivered), 0),
        )
        .where(Order.user == user_id, Order.kind == Order.PURCHASE)
        .tuples()
        .get()
    )
    return Record(*(int(value) for value in row))


def _audited(order: Order, payment: Payment | None) -> Iterator[Moment]:
    entities = [f"order:{order.invoice}", *([f"payment:{payment.id}"] if payment else [])]
    for event in lookup.about(entities, order.created_at):
        note = order.note if event.action == f"order.{order.state}" else None
        if event.action == "order.redelivered":
            for at, messages in _sendings(event.data):
                yield Moment(datetime.fromisoformat(at), "goods.sent", facts={"messages": messages})
            yield Moment(event.at, event.action, event.actor)
        else:
            yield Moment(event.at, event.action, event.actor, _given(**event.data, note=note))


def _sendings(data: dict[str, Any]) -> list[Any]:
    """Of what went out before it was sent again; older events tell of the last alone."""
    last = [[data["sent_at"], data["messages"]]] if "sent_at" in data else []
    return list(data.get("sent", last))


def _noted(order: Order, payment: Payment | None) -> Iterator[Moment]:
    """What the columns tell. They forget the first end of an order that was paid late."""
    yield Moment(order.created_at, "order.placed", facts={"total": order.total, "quantity": order.quantity})
    if payment and payment.opened_at:
        yield Moment(payment.opened_at, "payment.opened", facts={"fee": payment.fee, "total": payment.total})
    if payment and payment.completed_at:
        yield Moment(payment.completed_at, "payment.completed", facts={"amount": payment.amount})
    if order.paid_at:
        yield Moment(order.paid_at, "order.paid")
    if order.closed_at and order.state != Order.PAID:
        yield Moment(order.closed_at, f"order.{order.state}", facts=_given(reason=order.reason))


def _sent(order: Order) -> Iterator[Moment]:
    """Not what is only to go out again: that it was asked for says so, and when it went out before."""
    told = (Delivery.state != Delivery.UNKNOWN) | (Delivery.doubts > 0)
    for delivery in Delivery.select().where(Delivery.order == order.id, told).order_by(Delivery.part):
        facts = _given(part=delivery.part, message_id=delivery.message_id)
        yield Moment(delivery.at, f"goods.{delivery.state}", facts=facts)


def _booked(order: Order) -> Iterator[Moment]:
    reasons = [f"order:{order.invoice}:{what}" for what in ("payment", "credit", "refund", "excess")]
    if order.claims:
        reasons += [claims.reason(order, claim.id) for claim in claims.of_order(order.id)]
    for entry in LedgerEntry.select().where(LedgerEntry.reason.in_(reasons)).order_by(LedgerEntry.id):
        what = entry.reason.split(":")[2]
        facts = _given(reason=what, amount=entry.amount, balance=entry.balance, note=entry.note)
        by = str(entry.actor_id) if entry.actor_id else None
        yield Moment(entry.created_at, "balance.changed", by, facts)


def _given(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _waiting(order: Order) -> list[Job]:
    rows = db.execute_sql(
        "SELECT id, actor, due_at, attempt FROM outbox "
        "WHERE (actor = ANY(%s) AND args->>0 = ANY(%s)) "
        "OR (actor = 'send_notice' AND args->2->>'order_id' = %s) ORDER BY due_at",
        (list(OF_ORDERS), [str(order.id), order.invoice], str(order.id)),
    )
    return [Job(str(id_), actor, due_at, attempt) for id_, actor, due_at, attempt in rows.fetchall()]


def _dead(order: Order) -> Iterator[Job]:
    about = DeadLetter.subject.in_([str(order.id), order.invoice])
    for letter in dead.waiting().where(DeadLetter.actor.in_(OF_ORDERS), about):
        yield Job(letter.id, letter.actor, letter.died_at, letter.attempts, letter.error)


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

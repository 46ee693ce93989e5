"""What happened to one order, in order: from the audit, from its own rows where the audit has moved away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models import AuditEvent, Delivery, LedgerEntry, Order, Payment


@dataclass(frozen=True)
class Moment:
    """`what` is an audit action, or `goods.<state>` for a message of goods, or `balance.changed`.

    `by` is a Telegram id or a part of the system; None where only the time is known.
    """

    at: datetime
    what: str
    by: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def of_order(order: Order, payment: Payment | None) -> list[Moment]:
    """Every known moment of an order and its payment, earliest first."""
    audited = list(_audited(order, payment))
    known = {moment.what for moment in audited}
    noted = [moment for moment in _noted(order, payment) if moment.what not in known]
    return sorted([*noted, *audited, *_sent(order), *_booked(order)], key=lambda moment: moment.at)


def _audited(order: Order, payment: Payment | None) -> Iterator[Moment]:
    entities = [f"order:{order.invoice}", *([f"payment:{payment.id}"] if payment else [])]
    for event in AuditEvent.select().where(AuditEvent.entity.in_(entities)).order_by(AuditEvent.id):
        note = order.note if event.action == f"order.{order.state}" else None
        yield Moment(event.at, event.action, event.actor, _given(**event.data, note=note))


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
    for delivery in Delivery.select().where(Delivery.order == order.id).order_by(Delivery.part):
        facts = _given(part=delivery.part, message_id=delivery.message_id)
        yield Moment(delivery.at, f"goods.{delivery.state}", facts=facts)


def _booked(order: Order) -> Iterator[Moment]:
    reasons = [f"order:{order.invoice}:{what}" for what in ("payment", "credit", "refund", "excess")]
    for entry in LedgerEntry.select().where(LedgerEntry.reason.in_(reasons)).order_by(LedgerEntry.id):
        what = entry.reason.rpartition(":")[2]
        facts = _given(reason=what, amount=entry.amount, balance=entry.balance, note=entry.note)
        by = str(entry.actor_id) if entry.actor_id else None
        yield Moment(entry.created_at, "balance.changed", by, facts)


def _given(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}

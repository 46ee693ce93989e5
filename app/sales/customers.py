"""What a customer has bought so far, in one look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from models import Order


@dataclass(frozen=True)
class Record:
    """`orders` of any state, how many were delivered, and rupiah spent on those."""

    orders: int
    delivered: int
    spent: int


def record(user_id: int) -> Record:
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

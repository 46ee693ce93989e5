"""Banning: the person is served no more, and an order that they have not paid for holds no stock."""

from __future__ import annotations

from dataclasses import dataclass

from app.infra import transactions
from app.people import users
from app.sales import orders, settlement
from models import Order


@dataclass(frozen=True)
class Ban:
    """`changed` is False when they were banned before; `canceled` is the unpaid order that had to go."""

    changed: bool
    canceled: Order | None


def ban(user_id: int) -> Ban:
    """What they paid for is still delivered. Raises Unknown, IsAdmin."""
    with transactions.atomic():
        changed = users.ban(user_id)
        unpaid = orders.unpaid(user_id)
        return Ban(changed, settlement.cancel_by_operator(unpaid.id, note="ban") if unpaid else None)

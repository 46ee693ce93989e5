"""Deposits: an order for nothing but balance, paid, expired and late like any other (see payments.py)."""

from __future__ import annotations

from app.infra import transactions
from app.sales import drafts
from models import Order


def place(user_id: int, amount: int, *, message_id: int | None = None) -> Order:
    """Promise to ask the gateway for a QR over `amount`. Raises OpenOrder, AmountOutOfRange, NotYours."""
    with transactions.atomic():
        order = drafts.deposit(drafts.buyer(user_id), amount, message_id=message_id)
        drafts.ask_for_payment(order)
        return order

"""Orders that have their goods."""

from __future__ import annotations

from app.infra.transactions import atomic
from app.sales import orders, wallet
from models import Order
from tests.support import broken, given


def buys(person: int, product: int, quantity: int = 1) -> Order:
    """Paid with balance and handed over."""
    with atomic():
        wallet.post(person, 10_000_000, f"test:{Order.select().count()}")
        order = given.buy_with_balance(person, product, quantity)
    broken.hand_over(order)
    return orders.get(order.id)

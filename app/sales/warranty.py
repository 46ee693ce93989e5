"""Goods that staff send a second time: a warranty claim, if the buyer had them already."""

from __future__ import annotations

from app import audit
from app.infra import transactions
from app.sales import orders, promises
from models import Order

#: Outcomes of `send_again`.
SENDING, UNDER_WAY, MOVED_ON = "sending", "under_way", "moved_on"


def send_again(order_id: int, *, state: str, claims: int) -> str:
    """The same goods again, if the order is still as the admin saw it: a second press changes nothing.

    Raises OrderClosed for an order without goods, NotYours.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        if promises.is_waiting("deliver_order", order):
            return UNDER_WAY
        if (order.state, order.claims) != (state, claims):
            return MOVED_ON
        orders.redeliver(order.id)
        if order.state == Order.DELIVERED:
            Order.update(claims=claims + 1).where(Order.id == order.id).execute()
            audit.record("order.claimed", f"order:{order.invoice}", claims=claims + 1)
        return SENDING

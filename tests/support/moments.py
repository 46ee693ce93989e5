"""An order at another moment of its life than now."""

from __future__ import annotations

from datetime import timedelta

from app.clients import telegram
from app.sales import orders as order_book
from models import Order, Payment, utcnow


def past_deadline(order: Order, by: timedelta = timedelta(seconds=1)) -> Order:
    Order.update(expires_at=utcnow() - by).where(Order.id == order.id).execute()
    return order_book.get(order.id)


def waited(order: Order, by: timedelta) -> None:
    """The order was placed so long ago."""
    Order.update(created_at=utcnow() - by).where(Order.id == order.id).execute()


def silent(order: Order, since: timedelta) -> None:
    """The first try to get its QR was so long ago and had no answer."""
    Payment.update(unanswered_since=utcnow() - since).where(Payment.order == order.id).execute()


def preparing(order: Order) -> None:
    """The chat says that the order is being prepared, which is plain text."""
    order_book.show_in(order.id, telegram.client().send_text(order.user_id, "preparing"))


def look_now(order: Order) -> None:
    """The next look at the payment is due."""
    Payment.update(next_check_at=utcnow()).where(Payment.order == order.id).execute()

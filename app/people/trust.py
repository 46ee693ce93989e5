"""What a person's own record lets them hold of the shop before they pay: stock, and the gateway's time.

    who                                              may
    never paid anything                              hold at most half of what is left of a product, but one
    left the last order unpaid (deposits, too)       for an hour get a QR after all others who wait for one
    left 3 orders in a row unpaid                    not pay by QRIS for an hour after the last of them

Neither keeps anybody from paying with the balance, which holds nothing. What the gateway or an admin ended is
nobody's fault; an order that a voucher paid for in full is no payment.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app.infra.prepared import GIVEN, Prepared
from models import Order, Payment, Product, utcnow

#: So many orders left unpaid one after another, and QRIS pauses for so long.
UNPAID_IN_A_ROW = 3
PAUSE = timedelta(hours=1)

_BY_BALANCE = Order.paid_at.is_null(False) & (Order.total > 0)
_PAID = Prepared(
    Order.select(Order.id)
    .left_outer_join(Payment, on=Payment.order == Order.id)
    .where(Order.user == GIVEN, _BY_BALANCE | (Payment.state == Payment.COMPLETED))
    .limit(1)
)


def has_paid(user_id: int) -> bool:
    """Anything ever, by QRIS or balance. Buyers are locked while they order, so the answer holds."""
    return _PAID.first(user_id) is not None


def share(left: int) -> int:
    """How many of `left` items somebody who never paid may hold."""
    return max(1, left // 2)


def share_of_product() -> Any:
    """The same, of a product's row as it is in the database."""
    return fn.GREATEST(1, Product.available / 2)


def leaves_unpaid(user_id: int) -> bool:
    """Whether the order before this one was left unpaid, not long ago."""
    return _given_up(user_id, 1) is not None


def paused_until(user_id: int) -> datetime | None:
    """When QRIS is open to the person again; None when it is."""
    return _given_up(user_id, UNPAID_IN_A_ROW)


def _given_up(user_id: int, times: int) -> datetime | None:
    """When the hour after so many orders, left unpaid one after another, ends; None when it has."""
    no_fault = (Order.state == Order.CANCELED) & (Order.reason.is_null() | (Order.reason != Order.BY_BUYER))
    rows = (
        Order.select(Order.state, Order.closed_at)
        .where(Order.user == user_id, Order.state != Order.PENDING, Order.total > 0, ~no_fault)
        .order_by(Order.id.desc())
        .limit(times)
    )
    latest = list(rows)
    if len(latest) < times or any(order.state not in _UNPAID for order in latest):
        return None
    until: datetime = max(order.closed_at for order in latest) + PAUSE
    return until if until > utcnow() else None


_UNPAID = {Order.EXPIRED, Order.CANCELED}

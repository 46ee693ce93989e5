"""The day so far, at a glance: what was sold, what waits for somebody, what runs out."""

from __future__ import annotations

from dataclasses import dataclass

from app.backoffice import stats
from app.backoffice.alerts import digest
from app.catalogue import products, waitlist
from app.infra.queue import dead
from app.sales import orders
from models import Order, utcnow


@dataclass(frozen=True)
class Today:
    """`late`: paid a while ago and still not delivered; `low` without what is sold out."""

    revenue: int
    orders: int
    pending: int
    late: int
    failed: int
    sold_out: int
    low: int


def read() -> Today:
    sold = stats.days(1)[-1]
    late = Order.select().where(Order.state == Order.PAID, Order.paid_at < utcnow() - digest.PATIENCE)
    sold_out, low = products.running_out(waitlist.low_stock())
    return Today(
        revenue=sold.revenue,
        orders=sold.orders,
        pending=orders.pending().count(),
        late=late.count(),
        failed=dead.waiting().count(),
        sold_out=sold_out,
        low=low,
    )

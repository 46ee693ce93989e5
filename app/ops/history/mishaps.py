"""What waits for an operator in the demo: one failure of each kind, and a refund that was given."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from app.catalogue import stock
from app.clients.pakasir_answers import PENDING, Opened
from app.errors import Unreachable
from app.infra import transactions
from app.infra.queue import dead, lanes
from app.sales import orders, payments, refunds
from models import Order, utcnow

#: What the failed delivery was about, and how often it was tried.
GOODS, TRIES = 101, 12
REFUNDS, WHY = 2, "Akun tidak bisa dibuka"


def fail_delivery(buyer: int) -> Order:
    """Paid for a moment ago, and its goods never got through."""
    with transactions.atomic():
        price = 40_000
        order = orders.insert(
            user=buyer, product=GOODS, quantity=1, unit_price=price, total=price, method=Order.QRIS
        )
        payments.insert(order)
        payments.open_qr(order, payments.lock(order.id), _opened(order))
        payments.complete(order, payments.lock(order.id))
        orders.move(order, Order.PAID, paid_at=utcnow())
        stock.reserve(GOODS, 1, order.id)
        error = Unreachable("Telegram did not answer within 15 s", delivered="no")
        letter = str(uuid.uuid4())
        dead.record(letter, "deliver_order", lanes.MONEY, [order.id], error, attempts=TRIES)
        return order


def refund_some(admin: int) -> None:
    """The oldest that are still worth something."""
    bought = Order.select().where(Order.state == Order.DELIVERED, Order.total > 0).order_by(Order.id)
    worth = (order for order in bought if refunds.worth(order).amount > 0)
    for order, _ in zip(worth, range(REFUNDS), strict=False):
        refunds.give(order.id, refunds.worth(order).amount, note=WHY, actor_id=admin)


def _opened(order: Order) -> Opened:
    return Opened(
        txn_id=f"PKS{uuid.uuid4().hex[:20].upper()}",
        invoice=order.invoice,
        amount=order.total,
        fee=590,
        total=order.total + 590,
        qr_string="sample",
        payment_url=f"https://pay.example/{order.invoice}",
        expires_at=datetime.now(UTC),
        is_sandbox=True,
        status=PENDING,
    )

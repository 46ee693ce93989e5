"""Orders: end what was not paid in time.

At the deadline, or a moment later where the gateway must be asked twice about one transaction:

    the gateway says                    do
    completed                           settle, as paid in time
    canceled                            expire here
    pending                             ask it to cancel and, whatever it answers to that, look again in 5 s;
                                        if it is still pending then, expire here and watch
    pending, and QRs are made           expire here and watch: cancellations wait for the quiet, orders do not
    something that contradicts us       expire here and watch; the admins were told
    nothing, 429, or what cannot be     keep the order and its stock, ask again for 2 minutes, then expire
    read                                and watch
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from app.errors import ClientError, Flood, NoRoom
from app.infra.queue.retries import Later
from app.sales import orders, payments, settlement
from models import Order, Payment, utcnow
from workers.jobs.payments import ask_and_settle, cancel
from workers.policies import patient

log = structlog.get_logger()

#: How long an order outlives its deadline while the gateway cannot say whether it was paid: from the first
#: look that had no answer on, as after an outage or in a rush nobody has looked before.
DOUBT = timedelta(minutes=2)
#: More than the four seconds between two questions about a transaction.
LOOK_AGAIN_MS = 5_000


@patient
def expire_order(order_id: int) -> None:
    """End an unpaid order at its deadline, by the table above."""
    order = orders.get(order_id)
    if order.state != Order.PENDING:
        return
    now = utcnow()
    if now < order.expires_at:
        raise Later(int((order.expires_at - now).total_seconds() * 1000) + 1)
    try:
        if is_still_payable(order) and now < order.expires_at + DOUBT:
            raise Later(LOOK_AGAIN_MS)
    except ClientError as error:
        if payments.unanswered_for(order, now) < DOUBT:
            if isinstance(error, Flood):
                raise
            raise Later(LOOK_AGAIN_MS) from error
        log.warning("order expires unsure of its payment", invoice=order.invoice, error=str(error))
    settlement.expire(order_id)


def is_still_payable(order: Order) -> bool:
    """Whether the order must wait for another look: its payment is pending, and was just to be canceled.

    Not when there is no room to cancel now: then that is promised when the order ends.
    """
    if ask_and_settle(order, payments.of_order(order.id)) != settlement.UNPAID:
        return False
    payment = payments.of_order(order.id)
    if payment is None or payment.state != Payment.OPEN or payment.cancel_asked_at:
        return False
    try:
        cancel(order)
    except NoRoom:
        return False
    return True

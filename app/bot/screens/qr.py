"""The picture that asks for a payment: the gateway's QR with what for, how much and until when."""

from __future__ import annotations

from math import ceil

import settings
from app import money
from app.bot.pictures import qr_card
from app.bot.pictures.qr_card import QrCard
from app.texts import clock
from app.texts.screens import qr as texts
from models import Order, Payment, utcnow


def picture(order: Order, payment: Payment, name: str) -> bytes:
    """A PNG. `name` is what is paid for; the payment has its QR."""
    assert payment.qr_string is not None
    assert payment.total is not None
    many = order.quantity > 1
    card = QrCard(
        payload=payment.qr_string,
        store=settings.current().store_name,
        product=texts.SEVERAL.plain(name=name, quantity=order.quantity) if many else name,
        total_label=texts.TOTAL.plain(),
        total=money.rupiah(payment.total),
        deadline_label=texts.DEADLINE.plain(),
        deadline=texts.UNTIL.plain(at=clock.hour(order.expires_at)),
        left=texts.LEFT.plain(minutes=minutes_left(order)),
    )
    return qr_card.draw(card)


def minutes_left(order: Order) -> int:
    """Until it expires; begun ones count."""
    left_s: float = (order.expires_at - utcnow()).total_seconds()
    return max(1, ceil(left_s / 60))

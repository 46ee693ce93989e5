"""Notices that buyers read, with their ways on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app import money
from app.bot.screens.orders import name
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.screen import Button, Screen
from app.sales import claims, orders, payments
from app.texts import buyer_notices as texts
from app.texts import html
from models import Order

NAME_UNITS = 60

Data = dict[str, Any]


def _credited(order: Order) -> str:
    return money.rupiah(payments.credited(order, payments.of_order(order.id)))


def _given_back(data: Data) -> Screen:
    order = orders.get(data["order_id"])
    return Screen(texts.CREDITED(invoice=order.invoice, total=_credited(order)), keyboards.onward(order.id))


def _paid_late(data: Data) -> Screen:
    """Where the goods were, and how to have them after all."""
    order = orders.with_product(data["order_id"])
    said = {"invoice": order.invoice, "total": _credited(order)}
    if order.product_id is None:
        text = texts.DEPOSITED_LATE(**said)
    else:
        text = texts.LATE_CREDITED(**said, quantity=order.quantity, name=name(order), number=order.product_id)
    return Screen(text, keyboards.onward(order.id))


def _stuck(data: Data) -> Screen:
    order = orders.get(data["order_id"])
    return Screen(texts.DELIVERY_STUCK(invoice=order.invoice), keyboards.onward(order.id))


def _refunded(data: Data) -> Screen:
    order = orders.get(data["order_id"])
    text = texts.REFUNDED(invoice=order.invoice, amount=money.rupiah(data["amount"]))
    return Screen(text, keyboards.onward(order.id))


def _claim_refused(data: Data) -> Screen:
    claim = claims.with_order(data["claim_id"])
    answer = [
        Button(keyboards.WRITE_BACK, pack("write_back")),
        Button(keyboards.SEE_ORDER, pack("order", claim.order_id)),
    ]
    return Screen(texts.CLAIM_REFUSED(invoice=claim.order.invoice, note=claim.note or ""), [answer])


def _balance_changed(data: Data) -> Screen:
    sign = "+" if data["amount"] > 0 else ""
    amount, balance = sign + money.rupiah(data["amount"]), money.rupiah(data["balance"])
    return Screen(texts.BALANCE_CHANGED(amount=amount, balance=balance), keyboards.onward())


def _restocked(data: Data) -> Screen:
    """All that is said was known when it was promised: the product may have gone or moved since."""
    see = [Button(keyboards.SEE, pack("product", data["product_id"], 1))]
    return Screen(texts.RESTOCKED(name=html.cut(data["name"], NAME_UNITS)), [see])


KINDS: dict[str, Callable[[Data], Screen]] = {
    "credited": _given_back,
    "late_credited": _paid_late,
    "delivery_stuck": _stuck,
    "refunded": _refunded,
    "claim_refused": _claim_refused,
    "balance_changed": _balance_changed,
    "restocked": _restocked,
    "unbanned": lambda _: Screen(texts.UNBANNED(), keyboards.onward()),
}

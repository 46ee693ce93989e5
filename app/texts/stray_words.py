"""A payment that fits no order, in words: for the chat and the operators' page."""

from __future__ import annotations

from app import money
from app.sales import orders
from app.texts import clock, html
from app.texts.html import Html
from app.texts.operators import strays as texts
from models import Stray

SHOWN_UNITS = 100


def told(found: Stray) -> Html:
    """Since when, why it fits nothing, what the gateway says, and what became of it."""
    return texts.STRAY(
        invoice=html.cut(found.invoice, SHOWN_UNITS),
        txn=texts.TXN(txn_id=html.cut(found.txn_id, SHOWN_UNITS)) if found.txn_id else "",
        why=_why(found),
        at=clock.moment(found.found_at),
        times=found.times,
        said=_said(found),
        state=texts.ENDED[found.outcome](note=found.note) if found.outcome else texts.TO_DO(),
    )


def _why(found: Stray) -> Html:
    order = orders.by_invoice(found.invoice)
    if order is None:
        return texts.NO_ORDER()
    buyer = html.cut(order.user.name, SHOWN_UNITS)
    return texts.OTHER_TXN(buyer=buyer, buyer_id=order.user_id)


def _said(found: Stray) -> Html:
    said = found.said
    if said is None:
        return texts.NOT_ASKED()
    if "problem" in said:
        return texts.PROBLEM(problem=html.cut(said["problem"], SHOWN_UNITS))
    return texts.SAID(
        amount=money.rupiah(said["amount"]),
        status=said["status"],
        order_id=html.cut(said["order_id"], SHOWN_UNITS),
        txn_id=html.cut(said["txn_id"], SHOWN_UNITS),
    )

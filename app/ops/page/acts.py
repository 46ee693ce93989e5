"""What the buttons of an order do: each calls the service that chat and command line call too."""

from __future__ import annotations

from collections.abc import Callable

from app import money
from app.errors import ShopError
from app.ops.page import forms
from app.ops.page import order as screen
from app.ops.page.forms import Form, Incomplete
from app.ops.page.http import Answer, see
from app.sales import delivery, orders, payments, refunds, settlement
from app.texts import explained
from app.texts.ops import forms as texts
from models import Order, Payment


def run(name: str, invoice: str, form: Form, admin: int) -> Answer | None:
    """Do it and show the order; None when there is no such order or act. A refusal keeps what was typed."""
    order, act = orders.by_invoice(invoice), ACTS.get(name)
    if order is None or act is None:
        return None
    try:
        done = act(order, form, admin)
    except Incomplete as problem:
        return screen.show(order, wrong=problem.said, typed={**form, "act": name}, status=422)
    except ShopError as error:
        text, facts = explained.sentence(error)
        wrong = text.plain(**facts)
        return screen.show(order, wrong=wrong, typed={**form, "act": name}, status=409)
    return see(f"/ops/orders/{order.invoice}?said={done}")


def recheck(order: Order, _form: Form, _admin: int) -> str:
    payment = payments.recheck(order.id)
    if payment is None:
        raise Incomplete(texts.NOT_AT_PAKASIR())
    return "known" if payment.state == Payment.COMPLETED else "asked"


def resend(order: Order, form: Form, _admin: int) -> str:
    """Once for the order as it was when the page was drawn."""
    seen_ms = money.whole(form.get("seen", ""), 10**15)
    if seen_ms is None:
        return delivery.MOVED_ON
    return delivery.send_again(order.id, state=form.get("state", ""), seen_ms=seen_ms)


def credit(order: Order, form: Form, admin: int) -> str:
    """The amount is typed, so that nobody presses this by mistake."""
    if form.get("state") != order.state:
        return delivery.MOVED_ON
    amount, reason = forms.amount(form), forms.reason(form)
    if order.state == Order.PAID:
        whole = settlement.paid_for(order)
        if amount != whole:
            typed = form["amount"][: forms.SHOWN]
            raise Incomplete(texts.EXACTLY(amount=money.rupiah(whole), given=typed))
        settlement.credit(order.id, note=reason, actor_id=admin, anyway=form.get("anyway") == "yes")
    else:
        refunds.give(order.id, amount, note=reason, actor_id=admin)
    return "given"


def accept(order: Order, form: Form, _admin: int) -> str:
    settlement.accept(order.id, forms.amount(form), why=forms.reason(form))
    return "accepted"


def refuse(order: Order, form: Form, _admin: int) -> str:
    settlement.refuse(order.id, why=forms.reason(form))
    return "refused"


def cancel(order: Order, _form: Form, _admin: int) -> str:
    settlement.cancel_by_operator(order.id)
    return "canceled"


ACTS: dict[str, Callable[[Order, Form, int], str]] = {
    "recheck": recheck,
    "resend": resend,
    "credit": credit,
    "accept": accept,
    "refuse": refuse,
    "cancel": cancel,
}

"""One order: all that happened to it, what is still promised, and what can be done for it now."""

from __future__ import annotations

from typing import Any

from app.ops.page import orders as listing
from app.ops.page import views
from app.ops.page.http import Answer
from app.people import users
from app.sales import contradictions, delivery, history, orders, payments, refunds, settlement
from app.sales.history import Job
from app.texts import arrival, causes, job_words, order_words
from app.texts.html import Html
from app.texts.ops import jobs as job_texts
from app.texts.ops import order as texts
from models import Contradiction, Order, Payment


def show(
    order: Order,
    *,
    said: str = "",
    wrong: str | Html = "",
    typed: dict[str, Any] | None = None,
    status: int = 200,
) -> Answer:
    """`said`: what was done before; `wrong`: why it was not, with what was `typed` kept."""
    order = orders.with_product(order.id)
    payment = payments.of_order(order.id)
    contradiction = contradictions.of_order(order.id) if payment else None
    jobs = history.jobs(order)
    return views.page(
        "order.html",
        status,
        t=texts,
        **listing.told([order])[0],
        payment=payment and order_words.at_gateway(payment, contradiction),
        txn=payment and payment.txn_id,
        contradiction=order_words.contradiction(contradiction) if contradiction else None,
        moments=_story(order, payment),
        jobs=[_job(each) for each in jobs if _changes_something(each, order)],
        arrival=arrival.told(order, jobs, contradiction),
        can=_possible(order, payment, contradiction),
        said=texts.DONE.get(said),
        wrong=wrong,
        typed=typed or {"act": None},
    )


def _possible(order: Order, payment: Payment | None, found: Contradiction | None) -> dict[str, Any]:
    """Acts that make sense for the order as it is, with what their forms suggest."""
    can: dict[str, Any] = dict.fromkeys(("recheck", "decide", "cancel", "resend", "credit"))
    if payment:
        can["recheck"] = payment.state != Payment.COMPLETED
    if found and not found.verdict:
        can["decide"] = {"amount": found.said.get("amount") or order.total}
    if order.state == Order.PENDING:
        can["cancel"] = True
    if order.state in {Order.PAID, Order.DELIVERED} and order.product_id:
        can["resend"] = str(delivery.last_change_ms(order.id))
        can["credit"] = _returnable(order)
    return can


def _returnable(order: Order) -> dict[str, Any] | None:
    """How much the balance gets: all of an undelivered order, of another one what the formula says."""
    if order.state == Order.PAID:
        progress = delivery.progress_of(order)
        return {"amount": settlement.paid_for(order), "all": True, "risk": progress.may_be_there and progress}
    if refunds.is_refunded(order):
        return None
    return {"amount": refunds.worth(order).amount, "all": False, "risk": None}


def _story(order: Order, payment: Payment | None) -> list[order_words.Told]:
    moments = history.timeline(order, payment)
    names = users.names(order_words.doers(moments) - {order.user_id})
    return order_words.story(order, payment, moments, names)


def _changes_something(job: Job, order: Order) -> bool:
    """What closes an unpaid order waits for its time also when there is nothing left to close."""
    return job.actor != "expire_order" or order.state == Order.PENDING


def _job(job: Job) -> dict[str, Any]:
    """Without its arguments; what killed it in words alone: the rest stands with all that failed."""
    return {
        "job": job,
        "what": job_words.what(job.actor),
        "doing": job_texts.NAMES.get(job.actor, job.actor),
        "cause": causes.told(job.error, job.actor) if job.error is not None else None,
    }

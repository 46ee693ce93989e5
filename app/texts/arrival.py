"""Did it arrive, and if not, why not: one sentence on top of an order, in the chat and on the operators'
page."""

from __future__ import annotations

from datetime import datetime

from app.sales import delivery, history, orders
from app.sales.history import Job
from app.texts import causes, clock
from app.texts.html import Html, Text
from app.texts.ops import order as texts
from models import Contradiction, Order


def told(order: Order, jobs: list[Job], found: Contradiction | None) -> Html:
    if order.kind == Order.DEPOSIT:
        return _deposit(order)
    if order.state == Order.DELIVERED:
        return _delivered(order, jobs)
    if order.state == Order.PAID:
        return _under_way(order, jobs)
    if found and not found.verdict:
        return texts.DOUBTED()
    if order.state == Order.PENDING:
        return texts.UNPAID(at=clock.moment(order.expires_at))
    return _at(order.closed_at, texts.CREDITED if order.state == Order.CREDITED else texts.ENDED)


def _deposit(order: Order) -> Html:
    if order.state == Order.PENDING:
        return texts.DEPOSIT_UNPAID(at=clock.moment(order.expires_at))
    done = order.state == Order.CREDITED
    return _at(order.closed_at, texts.DEPOSITED if done else texts.DEPOSIT_ENDED)


def _delivered(order: Order, jobs: list[Job]) -> Html:
    """All of it, unless what replaces an item is on its way."""
    progress = delivery.progress_of(order)
    at = clock.moment(order.delivered_at or order.created_at)
    if progress.unsure:
        return texts.ARRIVED_PERHAPS(at=at, unsure=progress.unsure, messages=progress.messages)
    return texts.ARRIVED(at=at) if progress.sent >= progress.messages else _under_way(order, jobs)


def _under_way(order: Order, jobs: list[Job]) -> Html:
    """What died is told before what is tried: somebody has to do something."""
    mine = [job for job in jobs if job.actor == history.DELIVER]
    waiting = next((job for job in mine if job.error is None), None)
    if waiting and waiting.attempt:
        return texts.TRIED(count=waiting.attempt, at=clock.moment(waiting.due_at))
    if waiting:
        return texts.SENDING()
    if order.user.unreachable_at:
        return texts.UNREACHABLE()
    if not mine:
        # Delivered between two reads, it is not stuck.
        return texts.STUCK() if orders.get(order.id).state == order.state else texts.SENDING()
    died = mine[-1]
    cause = causes.told(died.error or "", died.actor)
    return texts.FAILED(cause=cause, at=clock.moment(died.due_at), count=died.attempt)


def _at(moment: datetime | None, text: Text) -> Html:
    return text(at=clock.moment(moment)) if moment else text(at="")

"""The list of orders: found by invoice, transaction or buyer, or by what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from peewee import ModelSelect

from app import money
from app.errors import Unknown
from app.money import typed
from app.ops.page import views
from app.ops.page.http import Answer, Ask, see
from app.people import users
from app.sales import contradictions, history, payments
from app.texts.html import Label
from app.texts.ops import orders as texts
from app.texts.screens import orders as order_texts
from models import Contradiction, Order, Product, User

SHOWN, LONGEST = 25, 100
MOST_ID = 2**63 - 1


def show(ask: Ask) -> Answer:
    wanted = typed.seen(ask.query.get("q", ""))[:LONGEST]
    chosen = ask.query.get("list", "all")
    chosen = chosen if chosen in LISTS else "all"
    found = _found(wanted) if wanted else LISTS[chosen]()
    if isinstance(found, Order):
        return see(f"/ops/orders/{found.invoice}")
    rows, older = _page(found, ask.query.get("before", ""))
    return views.page(
        "orders.html",
        t=texts,
        wanted=wanted,
        chosen=chosen,
        lists=texts.NAMES,
        rows=told(rows),
        older=_link(wanted, chosen, older),
        counts={name: LISTS[name]().count() for name in ("stuck", "contradicting", "unpaid")},
    )


def told(found: Sequence[Order]) -> list[dict[str, Any]]:
    """What a list says of each: of one that waits for somebody that, whatever its state is."""
    failed, doubted = history.undelivered(found), contradictions.undecided(found)
    return [_row(order, _waits(order.id, failed, doubted)) for order in found]


def _waits(order_id: int, failed: set[int], doubted: set[int]) -> tuple[str, Label] | None:
    """Mark and state; None where it waits for nobody."""
    if order_id in doubted:
        return texts.DOUBTED_MARK, texts.DOUBTED
    return (texts.FAILED_MARK, texts.FAILED) if order_id in failed else None


def _row(order: Order, waits: tuple[str, Label] | None) -> dict[str, Any]:
    mark, state = waits or (order_texts.MARKS[order.state], order_texts.STATES[order.state])
    return {
        "order": order,
        "mark": mark,
        "state": state,
        "what": order.product.name if order.product else order_texts.DEPOSIT,
        "is_late": order.reason == Order.LATE,
        "method": order_texts.METHODS[order.method],
    }


def _found(wanted: str) -> Order | ModelSelect[Order]:
    """The one order that it names, or those of a person; none where nothing is called so."""
    if order := payments.order_called(wanted):
        return order
    person = _person(wanted)
    return _with_names().where(Order.user == (person.id if person else 0))


def _person(wanted: str) -> User | None:
    number = money.whole(wanted, MOST_ID)
    try:
        return users.get(number) if number else users.by_username(wanted.removeprefix("@"))
    except Unknown:
        return None


def _page(found: ModelSelect[Order], before: str) -> tuple[list[Order], int | None]:
    """The newest, or those before that id; and the id to go on from, if there are more."""
    limit = money.whole(before, MOST_ID)
    query = found.where(Order.id < limit) if limit else found
    rows = list(query.order_by(Order.id.desc()).limit(SHOWN + 1))
    return rows[:SHOWN], rows[SHOWN - 1].id if len(rows) > SHOWN else None


def _link(wanted: str, chosen: str, before: int | None) -> str | None:
    facts = {"q": wanted} if wanted else {"list": chosen}
    return f"/ops/orders?{urlencode({**facts, 'before': before})}" if before else None


def _with_names() -> ModelSelect[Order]:
    return Order.select(Order, Product, User).left_outer_join(Product).switch(Order).join(User)


def _contradicting() -> ModelSelect[Order]:
    open_ = Contradiction.select(Contradiction.order).where(Contradiction.verdict.is_null())
    return _with_names().where(Order.id.in_(open_))


#: Its orders, by the word in the address.
LISTS: dict[str, Callable[[], ModelSelect[Order]]] = {
    "all": _with_names,
    "stuck": lambda: _with_names().where(Order.state == Order.PAID),
    "contradicting": _contradicting,
    "unpaid": lambda: _with_names().where(Order.state == Order.PENDING),
    "paid_late": lambda: _with_names().where(Order.reason == Order.LATE),
}

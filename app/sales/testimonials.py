"""What buyers think of what they got: stars, once an order, and perhaps a line of text.

Nothing else writes the table. Good ones belong in the shop's channel (app/people/channel.py); a job makes its
posts what they should be, one job at a time for each.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from peewee import ModelSelect

from app import audit
from app.catalogue import ratings, slots, stock
from app.errors import NothingToRate, RatedBefore, Unknown
from app.infra import fingerprints, transactions
from app.infra.queue import outbox
from app.people import channel, notices
from app.sales import orders, refunds
from models import Order, Product, Testimonial, User, utcnow

STARS = range(1, 6)
#: From so many on it is good enough for the channel; up to so many the admins are told.
GOOD, BAD = 4, 2
TEXT_MOST = 300

#: No job is at work on a post for longer; what was taken earlier, a killed worker has left.
LONGEST_POST = timedelta(seconds=90)
#: Shorter pieces of goods are words that anybody may use.
_SECRET_LEAST = 6


def may_rate(order: Order) -> bool:
    """They have the goods, kept them, and have not said yet what they think."""
    return order.state == Order.DELIVERED and not refunds.is_refunded(order) and of_order(order.id) is None


def give(user_id: int, order_id: int, stars: int) -> Testimonial:
    """The buyer's stars for an order. Raises Unknown, NothingToRate, RatedBefore."""
    with transactions.atomic():
        order = orders.lock(orders.of_user(order_id, user_id).id)
        is_refunded = refunds.is_refunded(order)
        if order.state != Order.DELIVERED or order.product_id is None or is_refunded:
            raise NothingToRate(order.state, is_refunded=is_refunded)
        fresh = Testimonial.insert(
            order=order.id, stars=stars, is_public=_belongs_in_channel(stars), created_at=utcnow()
        )
        given: Testimonial | None = next(
            iter(fresh.on_conflict_ignore().returning(Testimonial).execute()), None
        )
        if given is None:
            raise RatedBefore(_of_order(order.id).stars)
        ratings.count(order.product_id, stars)
        audit.record("order.rated", f"order:{order.invoice}", stars=stars)
        if given.is_public:
            _promise(given)
        if stars <= BAD:
            notices.to_admins("rated_low", testimonial_id=given.id)
        return given


def write(user_id: int, order_id: int, text: str) -> Testimonial:
    """The line that goes with the stars. Raises Unknown, RatedBefore when there is one already."""
    with transactions.atomic():
        order = orders.lock(orders.of_user(order_id, user_id).id)
        known = _of_order(order.id)
        if known.text is not None:
            raise RatedBefore(known.stars)
        audit.record("order.reviewed", f"order:{order.invoice}", mark=fingerprints.of_words(text))
        written = _change(known.id, text=text)
        if written.is_public:
            _promise(written)
        return written


def reveals_goods(order_id: int, text: str) -> bool:
    """Whether the text tells a part of what was bought, which is nobody else's. What the product is called
    is no secret, nor what a slot is. Raises Locked: nobody can tell."""
    order = orders.with_product(order_id)
    contents = [good.content for good in stock.of_order(order)]
    public = f"{order.product.name} {slots.LABEL}".lower() if order.product else ""
    pieces = {piece for content in contents for piece in re.split(r"[\s|:;,]+", content)}
    secrets = [piece.lower() for piece in pieces if len(piece) >= _SECRET_LEAST]
    return any(secret in text.lower() for secret in secrets if secret not in public)


def hide(testimonial_id: int) -> bool:
    """Nobody sees it and it counts no more; False when that was so before. Raises Unknown."""
    return _set_hidden(testimonial_id, utcnow())


def show_again(testimonial_id: int) -> bool:
    """The reverse of `hide`."""
    return _set_hidden(testimonial_id, None)


def _set_hidden(testimonial_id: int, at: datetime | None) -> bool:
    with transactions.atomic():
        order = orders.lock(get(testimonial_id).order_id)
        found = get(testimonial_id)
        if (found.hidden_at is None) == (at is None):
            return False
        assert order.product_id is not None
        (ratings.discount if at else ratings.count)(order.product_id, found.stars)
        action = "order.rating_hidden" if at else "order.rating_shown"
        audit.record(action, f"order:{order.invoice}", stars=found.stars)
        is_public = at is None and not order.user.forgotten_at and _belongs_in_channel(found.stars)
        _change(found.id, hidden_at=at, is_public=is_public)
        if is_public or _may_be_posted(found):
            _promise(found)
        return True


def forget(user_id: int) -> None:
    """What the person wrote goes, and their posts from the channel; their stars stay, without a name."""
    theirs = Order.select(Order.id).where(Order.user == user_id)
    mine = Testimonial.select().where(Testimonial.order.in_(theirs)).for_update(transactions.LOCK)
    for each in list(mine):
        _change(each.id, text=None, is_public=False)
        if _may_be_posted(each):
            _promise(each)


def get(testimonial_id: int) -> Testimonial:
    """With its order, product and buyer. Raises Unknown."""
    found: Testimonial | None = _with_order().where(Testimonial.id == testimonial_id).first()
    if found is None:
        raise Unknown("testimonial")
    return found


def of_order(order_id: int) -> Testimonial | None:
    found: Testimonial | None = Testimonial.get_or_none(Testimonial.order == order_id)
    return found


def is_written(order_id: int) -> bool:
    """Whether a line of text goes with the order's stars."""
    found = of_order(order_id)
    return found is not None and found.text is not None


def of_user(user_id: int) -> ModelSelect[Testimonial]:
    return _with_order().where(Order.user == user_id).order_by(Testimonial.id)


def latest() -> ModelSelect[Testimonial]:
    """All, newest first; callers page."""
    return Testimonial.select().order_by(Testimonial.id.desc())


def latest_with_orders() -> ModelSelect[Testimonial]:
    """The same with order, product and buyer."""
    return _with_order().order_by(Testimonial.id.desc())


# The post in the channel


def take(testimonial_id: int) -> Testimonial | None:
    """For a job that brings its post up to date; None while another one does."""
    now = utcnow()
    is_free = Testimonial.taken_at.is_null() | (Testimonial.taken_at < now - LONGEST_POST)
    taken = Testimonial.update(taken_at=now).where(Testimonial.id == testimonial_id, is_free)
    return get(testimonial_id) if taken.execute() else None


def let_go(testimonial_id: int) -> None:
    _change(testimonial_id, taken_at=None)


def note_post(testimonial_id: int, channel_id: int | None, message_id: int | None) -> None:
    """The post that shows it now; None for neither: there is none."""
    _change(testimonial_id, channel_id=channel_id, message_id=message_id)


def _of_order(order_id: int) -> Testimonial:
    """Raises Unknown."""
    found = of_order(order_id)
    if found is None:
        raise Unknown("testimonial")
    return found


def _with_order() -> ModelSelect[Testimonial]:
    return (
        Testimonial.select(Testimonial, Order, Product, User)
        .join(Order)
        .join(Product)
        .switch(Order)
        .join(User)
    )


def _belongs_in_channel(stars: int) -> bool:
    return stars >= GOOD and channel.current() is not None


def _change(testimonial_id: int, **columns: Any) -> Testimonial:
    rows = Testimonial.update(columns).where(Testimonial.id == testimonial_id).returning(Testimonial)
    changed: Testimonial = next(iter(rows.execute()))
    return changed


def _may_be_posted(found: Testimonial) -> bool:
    """It has a post, or a job is about to make one."""
    return found.is_public or found.message_id is not None


def _promise(found: Testimonial) -> None:
    """Have its post made, changed or taken away."""
    outbox.add("post_testimonial", found.id)

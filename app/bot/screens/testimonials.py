"""A buyer's stars for an order, asked for under the goods, and the line of text that may go with them."""

from __future__ import annotations

import re
from dataclasses import replace

from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, say, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import Locked, RatedBefore, Unknown, WrongFormat
from app.money import typed
from app.people import channel
from app.sales import orders, testimonials
from app.texts import html
from app.texts.html import Html
from app.texts.screens import testimonials as texts
from models import Order, Testimonial, User

INPUT = "review"
NAME_UNITS, TITLE_UNITS = 100, 60

#: What Telegram makes pressable, where the message says so; and what it would in the channel.
_LINKS = {"url", "text_link", "mention", "text_mention", "email", "phone_number"}
_LINK = re.compile(
    r"://|www\.|@\w{3,}|\+?\d[\d\s().-]{7,}\d|\w\.(?:com|net|org|id|me|co|io|xyz|site|shop|"
    r"store|link|app|ly|gg|online|top|vip|click|info|biz|tv|cc|to|my)\b",
    re.IGNORECASE,
)


def rate(turn: Turn, order_id: int, stars: int) -> Reply:
    """A star button; a second press leads back to the question as long as there is no line of text.

    Raises Unknown, NothingToRate, RatedBefore.
    """
    try:
        testimonials.give(turn.person.id, order_id, stars)
        shown = replace(show("review", order_id), below=True)
    except RatedBefore as before:
        if testimonials.is_written(order_id):
            raise
        shown = toast(texts.RATED_BEFORE.plain(stars=before.stars), alert=True)
    turn.session.wait(INPUT, order=order_id)
    return shown


def take(turn: Turn, order_id: int) -> Reply:
    """The line of text. Raises WrongFormat, Unknown, RatedBefore."""
    text = fields.line(typed.seen(turn.typed), testimonials.TEXT_MOST, "review_length")
    if _LINK.search(text) or any(each["type"] in _LINKS for each in turn.event.entities):
        raise WrongFormat("review_link")
    _must_be_public(order_id, text)
    testimonials.write(turn.person.id, order_id, text)
    return say(texts.THANKED())


def _must_be_public(order_id: int, text: str) -> None:
    """Raises WrongFormat."""
    try:
        reveals = testimonials.reveals_goods(order_id, text)
    except Locked:
        raise WrongFormat("review_unchecked") from None
    if reveals:
        raise WrongFormat("review_goods")


def leave(_turn: Turn) -> Reply:
    """`Lewati`, pressed or typed."""
    return say(texts.THANKED())


def review(person: User, order_id: int) -> Screen:
    """Thanks for the stars, in a message below the goods, and the question. Raises Unknown."""
    order = orders.with_product(order_id, person.id)
    found = testimonials.of_order(order.id)
    if found is None:
        raise Unknown("testimonial")
    where = channel.current() if found.is_public else None
    text = texts.RATED(
        stars=found.stars,
        name=_name(order),
        channel=texts.IN_CHANNEL(title=html.cut(where.title, TITLE_UNITS), who=html.masked(person.name))
        if where
        else "",
    )
    return Screen(text, [[Button(keyboards.SKIP, pack("no_review"))]])


def given(order_id: int) -> Html:
    """What the page of an order says of the stars that it got."""
    found = testimonials.of_order(order_id)
    if found is None:
        return Html()
    quote = texts.QUOTED(text=found.text) if found.text else ""
    return texts.ON_PAGE(stars=found.stars, review=quote)


def post(found: Testimonial) -> Screen:
    """As it stands in the channel."""
    order = found.order
    return Screen(
        texts.POST(
            stars=texts.STAR * found.stars,
            name=_name(order),
            quote=texts.QUOTED(text=found.text) if found.text else "",
            who=html.masked(order.user.name),
        )
    )


def withdrawn() -> Screen:
    """In the place of a post that cannot be deleted."""
    return Screen(texts.WITHDRAWN())


def _name(order: Order) -> str:
    assert order.product is not None
    return html.cut(order.product.name, NAME_UNITS)

"""`/channel`, where good testimonials appear, and `/testimoni`, which can be hidden."""

from __future__ import annotations

import re

from app.bot.parsing import fields
from app.bot.screens.orders import name as product_name
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.money import typed
from app.people import channel
from app.people.channel import Channel
from app.sales import testimonials
from app.texts import formats, html
from app.texts.admin import testimonials as texts
from app.texts.html import Html
from models import Testimonial, User

PAGE, NAME_UNITS = 5, 60

_NAMED = re.compile(r"(?:@|(?:https?://)?t\.me/)([a-z][a-z0-9_]{3,31})", re.IGNORECASE | re.ASCII)
_ID = re.compile(r"-100[0-9]{5,15}", re.ASCII)


def choose(turn: Turn) -> Reply:
    """`/channel @name`: a worker looks whether the bot may post there. Raises WrongFormat."""
    given = typed.seen(turn.rest)
    if not given:
        return show("plain", _current())
    if given == fields.NONE:
        former = channel.remove()
        return show("plain", texts.REMOVED(channel=named(former)) if former else texts.NOT_SET())
    found = _NAMED.fullmatch(given)
    if not found and not _ID.fullmatch(given):
        raise WrongFormat("channel.channel")
    asked = f"@{found[1]}" if found else given
    channel.promise(asked, turn.event.chat_id, turn.person.id, turn.event.thread_id)
    return show("plain", texts.CHECKING(named=asked))


def _current() -> Html:
    now = channel.current()
    if now is None:
        return texts.NONE(format=formats.FORMATS["channel"]())
    return texts.CURRENT(channel=named(now))


def named(which: Channel) -> Html:
    return texts.CHANNEL(title=html.cut(which.title, NAME_UNITS), name=which.name)


def hide(_turn: Turn, testimonial_id: int, page: int) -> Reply:
    """Raises Unknown."""
    testimonials.hide(testimonial_id)
    said = texts.IS_HIDDEN.plain(invoice=testimonials.get(testimonial_id).order.invoice)
    return show("testimonials", page, toast=said)


def show_again(_turn: Turn, testimonial_id: int, page: int) -> Reply:
    """Raises Unknown."""
    testimonials.show_again(testimonial_id)
    said = texts.IS_SHOWN.plain(invoice=testimonials.get(testimonial_id).order.invoice)
    return show("testimonials", page, toast=said)


def listed(_person: User, number: int) -> Screen:
    """`/testimoni`, newest first."""
    shown = testimonials.latest_with_orders()
    page = paging.of_query(testimonials.latest(), number, PAGE, shown=shown)
    if not page.items:
        return Screen(texts.NO_TESTIMONIALS())
    rows = [_switch(each, page.number) for each in page.items]
    turn_page = keyboards.pager("testimonials", page=page.number, pages=page.pages)
    text = texts.LIST(count=page.count, testimonials=Html("\n\n".join(map(one, page.items))))
    return Screen(text, [*rows, *turn_page])


def one(found: Testimonial) -> Html:
    order = found.order
    return texts.ONE(
        stars=found.stars,
        invoice=order.invoice,
        buyer=html.cut(order.user.name, NAME_UNITS),
        name=html.cut(product_name(order), NAME_UNITS),
        quote=texts.QUOTED(text=found.text) if found.text else "",
        hidden=texts.HIDDEN() if found.hidden_at else "",
    )


def buttons(found: Testimonial) -> Rows:
    """Under the notice of a bad one."""
    return [[Button(keyboards.SEE_ORDER, pack("admin_order", found.order_id))], _switch(found, 1)]


def _switch(found: Testimonial, page: int) -> list[Button]:
    if found.hidden_at:
        label = keyboards.SHOW_TESTIMONIAL.plain(invoice=found.order.invoice)
        return [Button(label, pack("show_testimonial", found.id, page))]
    label = keyboards.HIDE_TESTIMONIAL.plain(invoice=found.order.invoice)
    return [Button(label, pack("hide_testimonial", found.id, page))]

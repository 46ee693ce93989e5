"""`/add` and `/del`: what the shop sells."""

from __future__ import annotations

from typing import Any

from app import money
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products
from app.errors import NumberTaken, WrongFormat
from app.texts import html
from app.texts import refusals as refusal_texts
from app.texts.admin import products as texts
from app.texts.screens import browse as browse_texts
from models import Product, User

#: The session's mark while an `/add` waits for another number.
TAKEN = "number_taken"
NAME_UNITS = 40
NAME_MOST, CATEGORY_MOST, DESCRIPTION_MOST = 100, 50, 2000


def add(turn: Turn) -> Reply:
    """`/add id|name|category|price|description`. Raises WrongFormat."""
    number, name, category, price, description = fields.split(turn.rest, 5, "add")
    if len(description) > DESCRIPTION_MOST:
        raise WrongFormat("add.description", most=DESCRIPTION_MOST)
    wanted = {
        "name": fields.line(name, NAME_MOST, "add.name"),
        "price": fields.price(price, "add"),
        "category": fields.category(category, CATEGORY_MOST, "add.category"),
        "description": fields.optional(description) or "",
    }
    given = fields.optional(number)
    return _add(turn, fields.number(given, "add") if given else None, wanted)


def add_as(turn: Turn, number: int) -> Reply:
    """`/add` once more, with the free number that was offered, as long as nothing else was said meanwhile."""
    if turn.session.waiting != TAKEN:
        return toast(refusal_texts.CONFIRMATION_GONE.plain(), alert=True)
    return _add(turn, number, turn.session.facts["wanted"])


def bring_back(_turn: Turn, number: int) -> Reply:
    """A retired product, as it was. Raises Unknown."""
    products.bring_back(number)
    return show("card", "bring_back", number)


def _add(turn: Turn, number: int | None, wanted: dict[str, Any]) -> Reply:
    """What was typed is kept for the case that the number is taken."""
    try:
        return show("product_added", products.add(number=number, **wanted).id)
    except NumberTaken as taken:
        turn.session.wait(TAKEN, wanted=wanted)
        return show("number_taken", taken.number, taken.free)


def number_taken(_person: User, number: int, free: int) -> Screen:
    """A retired product can come back; the new one can have another number."""
    other = [Button(keyboards.USE_FREE.plain(free=free), pack("add_as", free))]
    former = products.retired(number)
    if former is None:
        return Screen(refusal_texts.NUMBER_TAKEN(number=number, free=free), [other])
    name = html.cut(former.name, NAME_UNITS)
    text = texts.NUMBER_RETIRED(number=number, name=name, free=free)
    return Screen(text, [[Button(keyboards.BRING_BACK.plain(name=name), pack("bring_back", number))], other])


def retire(turn: Turn) -> Reply:
    """`/del id`. Raises WrongFormat, Unknown."""
    product = products.retire(fields.number(turn.rest, "del"))
    return show("product_retired", product.id)


def added(_person: User, product_id: int) -> Screen:
    product = products.get(product_id)
    return Screen(
        texts.ADDED(
            number=product.id,
            name=product.name,
            category=product.category or browse_texts.NO_CATEGORY,
            price=money.rupiah(product.price),
        )
    )


def retired(_person: User, product_id: int) -> Screen:
    product = Product.get_by_id(product_id)
    return Screen(texts.RETIRED(number=product.id, name=product.name))

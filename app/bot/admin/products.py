"""`/add` and `/del`: what the shop sells."""

from __future__ import annotations

from app import catalogue, money
from app.bot.admin import fields
from app.bot.reply import Reply, show
from app.bot.screen import Screen
from app.bot.texts import admin as texts
from app.bot.texts import shop as shop_texts
from app.bot.turn import Turn
from app.errors import WrongFormat
from models import Product, User

NAME_MOST, CATEGORY_MOST, DESCRIPTION_MOST = 100, 50, 2000


def add(turn: Turn) -> Reply:
    """`/add id|name|category|price|description`. Raises WrongFormat, NumberTaken."""
    number, name, category, price, description = fields.split(turn.rest, 5, "add")
    if len(description) > DESCRIPTION_MOST:
        raise WrongFormat("add.description", most=DESCRIPTION_MOST)
    product = catalogue.add(
        fields.line(name, NAME_MOST, "add.name"),
        fields.price(price, "add"),
        number=None if number in {"", fields.NONE} else fields.number(number, "add"),
        category=_category(category),
        description=fields.optional(description) or "",
    )
    return show("product_added", product.id)


def retire(turn: Turn) -> Reply:
    """`/del id`. Raises WrongFormat, UnknownProduct."""
    product = catalogue.retire(fields.number(turn.rest, "del"))
    return show("product_retired", product.id)


def added(_person: User, product_id: int) -> Screen:
    product = catalogue.get(product_id)
    return Screen(
        texts.ADDED(
            number=product.id,
            name=product.name,
            category=product.category or shop_texts.NO_CATEGORY,
            price=money.rupiah(product.price),
        )
    )


def retired(_person: User, product_id: int) -> Screen:
    product = Product.get_by_id(product_id)
    return Screen(texts.RETIRED(number=product.id, name=product.name))


def _category(text: str) -> str | None:
    given = fields.optional(text)
    return fields.line(given, CATEGORY_MOST, "add.category") if given else None

"""`/addstock`: goods typed line by line, or sent as a file, which a worker reads."""

from __future__ import annotations

from app import catalogue, stock
from app.bot.admin import fields, files
from app.bot.reply import Reply, show
from app.bot.screen import Screen
from app.bot.texts import admin as texts
from app.bot.turn import Turn
from app.errors import WrongFormat
from app.infra import outbox
from models import User


def add(turn: Turn) -> Reply:
    """`/addstock id|line…`, one item a line. Raises WrongFormat, UnknownProduct."""
    if turn.event.document:
        return _add_file(turn)
    number, text = fields.split(turn.rest, 2, "addstock")
    product_id = fields.number(number, "addstock")
    result = stock.add(product_id, files.checked(text.splitlines()))
    return show("stock_added", product_id, result.added, result.duplicates)


def _add_file(turn: Turn) -> Reply:
    """Caption `/addstock id`. What is in the file is told when it was read."""
    document = turn.event.document
    assert document
    product = catalogue.get(fields.number(turn.rest.rstrip("|").strip(), "addstock"))
    problem = files.refusal(document.name, document.size)
    if problem:
        raise WrongFormat(f"addstock.{problem}", most=files.MOST_BYTES >> 20)
    outbox.add("add_stock_file", turn.event.chat_id, turn.person.id, product.id, document.id, document.name)
    return show("plain", texts.READING(number=product.id))


def added(_person: User | None, product_id: int, new: int, duplicates: int) -> Screen:
    product = catalogue.get(product_id)
    return Screen(
        texts.STOCKED(
            number=product.id,
            name=product.name,
            added=new,
            duplicates=duplicates,
            available=product.available,
        )
    )

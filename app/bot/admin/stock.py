"""`/addstock`: goods typed line by line, or sent as a file, which a worker reads; asked about when many."""

from __future__ import annotations

import re

from app import batches, catalogue, stockroom
from app.batches import Origin
from app.bot import html
from app.bot.admin import fields, files
from app.bot.callbacks import pack
from app.bot.html import Html
from app.bot.reply import Reply, show
from app.bot.screen import Button, Screen
from app.bot.texts import admin as texts
from app.bot.turn import Turn
from app.errors import WrongFormat
from app.infra import outbox
from models import StockBatch, User

#: More than so many are shown before they are added.
UNASKED = 500
#: So many lines are shown of them, masked.
SHOWN = 3
NAME_UNITS = 200

#: The number and `|`, or the number alone on the first line.
_NUMBERED = re.compile(r"([^|\r\n]*)(?:\||\r\n|\r|\n)(.*)", re.DOTALL)


def add(turn: Turn) -> Reply:
    """`/addstock id|line…`, one item a line. Raises WrongFormat, UnknownProduct, Endless."""
    if turn.event.document:
        return _add_file(turn)
    found = _NUMBERED.fullmatch(turn.rest)
    if found is None:
        raise WrongFormat("addstock.fields")
    product_id = fields.number(found[1].strip(), "addstock")
    lines = files.typed(found[2])
    put = batches.add if len(lines) <= UNASKED else batches.ask
    return show("stock_batch", put(product_id, lines, origin(turn)).id)


def confirm(turn: Turn, batch_id: int) -> Reply:
    batches.get(batch_id)
    confirmed = batches.confirm(batch_id, turn.event.chat_id, turn.event.message_id)
    return show("stock_batch", batch_id, toast=None if confirmed else texts.BATCH_OVER.plain())


def drop(_turn: Turn, batch_id: int) -> Reply:
    batches.get(batch_id)
    dropped = batches.drop(batch_id)
    return show("stock_batch", batch_id, toast=None if dropped else texts.BATCH_OVER.plain())


def undo(_turn: Turn, batch_id: int) -> Reply:
    batches.get(batch_id)
    count = batches.undo(batch_id)
    done = texts.BATCH_OVER.plain() if count is None else texts.BATCH_BACK.plain(count=count)
    return show("stock_batch", batch_id, toast=done)


def origin(turn: Turn) -> Origin:
    return Origin(turn.person.id, turn.event.chat_id, turn.event.update_id)


def _add_file(turn: Turn) -> Reply:
    """Caption `/addstock id`. What is in the file is told when it was read."""
    document = turn.event.document
    assert document
    product = catalogue.get(fields.number(turn.rest.rstrip("|").strip(), "addstock"))
    problem = files.refusal(document.name, document.size)
    if problem:
        raise WrongFormat(f"addstock.{problem}", most=files.MOST_BYTES >> 20)
    where = (turn.event.chat_id, turn.person.id, product.id)
    outbox.add("add_stock_file", *where, document.id, document.name, turn.event.update_id)
    return show("plain", texts.READING(number=product.id))


def batch(_person: User | None, batch_id: int) -> Screen:
    """The question, then the progress, then what became of it."""
    one = batches.get(batch_id)
    return _SCREENS[one.state](one)


def _asked(one: StockBatch) -> Screen:
    lines = batches.lines(one)
    first = html.lines(texts.MASKED_LINE(line=html.masked(line)) for line in lines[:SHOWN])
    twins = len(lines) - len(set(lines))
    text = texts.ASK_STOCK(**_facts(one), total=one.total, first=first, twins=twins, heading=_heading(one))
    add, drop = (texts.ADD_THEM, "stock_batch_add"), (texts.DROP_THEM, "stock_batch_drop")
    return Screen(text, [[Button(label, pack(name, one.id)) for label, name in (add, drop)]])


def _adding(one: StockBatch) -> Screen:
    text = texts.ADDING(**_facts(one), done=one.done, total=one.total)
    return Screen(text, [[Button(texts.DROP_THEM, pack("stock_batch_drop", one.id))]])


def _done(one: StockBatch) -> Screen:
    counts = {"added": one.added, "duplicates": one.total - one.added, "available": _available(one)}
    text = texts.STOCKED(**_facts(one), **counts, heading=_heading(one))
    return Screen(text, [[Button(texts.UNDO, pack("stock_batch_undo", one.id))]] if one.added else [])


def _dropped(one: StockBatch) -> Screen:
    already = texts.ADDED_BEFORE(added=one.added) if one.added else ""
    return Screen(texts.NOT_ADDED(**_facts(one), left=one.total - one.done, already=already))


def _undone(one: StockBatch) -> Screen:
    return Screen(texts.TAKEN_BACK(**_facts(one), added=one.added, available=_available(one)))


_SCREENS = {
    StockBatch.ASKED: _asked,
    StockBatch.ADDING: _adding,
    StockBatch.DONE: _done,
    StockBatch.DROPPED: _dropped,
    StockBatch.UNDONE: _undone,
}


def _facts(one: StockBatch) -> dict[str, object]:
    name = html.cut(stockroom.get(one.product_id).name, NAME_UNITS)
    return {"number": one.product_id, "name": name}


def _available(one: StockBatch) -> int:
    return int(stockroom.get(one.product_id).available)


def _heading(one: StockBatch) -> Html:
    return texts.HEADING() if one.with_heading else Html()

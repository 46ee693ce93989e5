"""`/addstock`: goods typed line by line, or sent as a file, which a worker reads; asked about when many."""

from __future__ import annotations

import re
from dataclasses import replace

from app.bot.parsing import fields, files, pieces
from app.bot.parsing.files import Goods
from app.bot.parsing.pieces import Piece
from app.bot.toolkit import albums, keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import SILENT, Reply, say, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import batches, products, stock, stockroom
from app.catalogue.batches import Origin
from app.errors import WrongFormat
from app.infra import crypto
from app.texts import html, numbers
from app.texts import refusals as refusal_texts
from app.texts.admin import stock as texts
from app.texts.html import Html
from models import StockBatch, User

#: More than so many are shown before they are added.
UNASKED = 500
#: So many lines are shown of them, masked.
SHOWN = 3
NAME_UNITS, SEAM_UNITS = 200, 300
#: What is waited for after `Isi Stok`.
FILL_IT = "fill"
#: What is waited for after a message that was as long as messages can be.
REST = "stock_rest"

#: The number and `|`, or the number alone on the first line.
_NUMBERED = re.compile(r"([^|\r\n]*)(?:\||\r\n|\r|\n)(.*)", re.DOTALL)


def add(turn: Turn) -> Reply:
    """`/addstock id|line…`, one item a line. Raises WrongFormat, Unknown, Endless."""
    if turn.event.document:
        return _add_file(turn)
    if turn.event.follows_caption:
        raise WrongFormat("addstock.file_kind")
    piece = pieces.of(turn.event, turn.rest_at)
    found = _NUMBERED.fullmatch(piece.text)
    if found is None:
        raise WrongFormat("addstock.file_kind" if turn.event.is_media else "addstock.fields")
    product_id = fields.number(found[1].strip(), "addstock")
    return _take(turn, product_id, replace(piece, text=found[2]))


def ask_fill(turn: Turn, product_id: int) -> Reply:
    """`Isi Stok`: the goods alone are sent next, typed or as a file. Raises Unknown."""
    turn.session.wait(FILL_IT, product=products.get(product_id).id)
    return show("fill", product_id)


def take_fill(turn: Turn, product_id: int) -> Reply:
    """Raises WrongFormat, Unknown, Endless."""
    albums.expect(turn, f"/addstock {product_id}")
    if turn.event.document:
        return _read_file(turn, product_id)
    if turn.event.is_media:
        raise WrongFormat("addstock.file_kind")
    piece = pieces.of(turn.event)
    if piece.may_go_on:
        return _wait_for_rest(turn, product_id, [piece, *pieces.strays(turn)], begins=False)
    reply = _take(turn, product_id, piece)
    _note_filled(turn, product_id, reply, [piece])
    return reply


def _note_filled(turn: Turn, product_id: int, reply: Reply, parts: list[Piece]) -> None:
    turn.session.fill(product=product_id, batch=reply.args[0], pieces=pieces.pack(parts))


def take_beginning(turn: Turn) -> Reply | None:
    """A full message that was sent before what has just been added after `Isi Stok`: that was its rest."""
    filled, event = turn.session.filled, turn.event
    if filled is None or event.is_media or not event.text:
        return None
    piece, parts = pieces.of(event), pieces.unpack(filled["pieces"])
    if not piece.may_go_on or piece.message_id >= parts[0].message_id:
        return None
    if not batches.drop(filled["batch"]):
        batches.undo(filled["batch"])
    return _wait_for_rest(turn, filled["product"], [piece, *parts], begins=False)


def fill(_person: User, product_id: int) -> Screen:
    """Raises Unknown."""
    product = stockroom.get(product_id)
    name = html.cut(product.name, NAME_UNITS)
    text = texts.FILL(number=product_id, name=name, available=numbers.count(product.available))
    return Screen(text, keyboards.back("stock_notice", product_id))


def _take(turn: Turn, product_id: int, piece: Piece) -> Reply:
    if piece.may_go_on:
        return _wait_for_rest(turn, product_id, [piece, *pieces.strays(turn)])
    goods = files.typed(piece.text)
    note = "formatted" if piece.is_formatted else "heading" if goods.heading else None
    if note or len(goods.items) > min(UNASKED, batches.lines_at_once(product_id)):
        return show("stock_batch", _ask(turn, product_id, goods).id, note)
    return show("stock_batch", batches.add(product_id, goods.items, origin(turn)).id)


def _ask(turn: Turn, product_id: int, goods: Goods) -> StockBatch:
    return batches.ask(product_id, goods.items, origin(turn), with_heading=goods.heading is not None)


def take_rest(turn: Turn) -> Reply:
    """What comes after a paste that Telegram may have cut. Anything else is no rest: the question goes."""
    event, facts = turn.event, turn.session.facts
    if event.is_media or not event.text:
        return say(refusal_texts.NOT_UNDERSTOOD())
    parts = [*pieces.unpack(facts["pieces"]), pieces.of(event)]
    return _wait_for_rest(turn, facts["product"], parts, begins=facts.get("begins", True))


def _wait_for_rest(turn: Turn, product_id: int, parts: list[Piece], *, begins: bool = True) -> Reply:
    """Nothing is added before it is whole, or somebody says that it is. `begins`: with a command, so that
    nothing can have been in front of it."""
    parts = sorted(parts, key=lambda piece: piece.message_id)
    whole = pieces.together(parts)
    goods = files.typed("\n".join(whole.lines))
    asked = _asked_before(turn)
    in_order = pieces.follow_each_other(parts) or _came_when_asked(turn, asked)
    is_whole = in_order and len(parts) > 1 and not parts[-1].may_go_on
    is_formatted = any(piece.is_formatted for piece in parts)
    is_sure = is_whole and not whole.doubts and not is_formatted and not goods.heading
    if is_sure and len(goods.items) <= UNASKED:
        if asked:
            batches.drop(asked.id)
        reply = show("stock_batch", batches.add(product_id, goods.items, origin(turn)).id)
        if not begins:
            _note_filled(turn, product_id, reply, parts)
        return reply
    if asked is None or not batches.change(asked.id, goods.items):
        asked = _ask(turn, product_id, goods)
    if turn.event.in_group:
        return show("stock_batch", asked.id, "cut_in_group")
    if not is_whole and len(parts) < pieces.MOST:
        kept = {"batch": asked.id, "pieces": pieces.pack(parts), "ordered": in_order, "begins": begins}
        turn.session.wait(REST, product=product_id, **kept)
    seams = crypto.encrypt("\n".join(whole.doubts)).decode() if whole.doubts else None
    note = "cut" if not is_whole else "formatted" if is_formatted else "joined"
    return show("stock_batch", asked.id, note, seams)


def _came_when_asked(turn: Turn, asked: StockBatch | None) -> bool:
    """Our question lies between, so the pieces before were all there were."""
    if asked is None or asked.message_id is None:
        return False
    return bool(turn.session.facts["ordered"]) and (turn.event.message_id or 0) > asked.message_id


def _asked_before(turn: Turn) -> StockBatch | None:
    """The batch of the pieces that came before this one."""
    return batches.get(turn.session.facts["batch"]) if turn.session.waiting == REST else None


def confirm(turn: Turn, batch_id: int) -> Reply:
    batches.get(batch_id)
    event = turn.event
    confirmed = batches.confirm(batch_id, event.chat_id, event.message_id, event.thread_id)
    return show("stock_batch", batch_id, toast=None if confirmed else texts.BATCH_OVER.plain())


def drop(_turn: Turn, batch_id: int) -> Reply:
    batches.get(batch_id)
    dropped = batches.drop(batch_id)
    return show("stock_batch", batch_id, toast=None if dropped else texts.BATCH_OVER.plain())


def undo(_turn: Turn, batch_id: int) -> Reply:
    batches.get(batch_id)
    count = batches.undo(batch_id)
    done = texts.BATCH_OVER.plain() if count is None else texts.BATCH_BACK.plain(count=numbers.count(count))
    return show("stock_batch", batch_id, toast=done)


def origin(turn: Turn) -> Origin:
    event = turn.event
    return Origin(turn.person.id, event.chat_id, event.update_id, event.thread_id)


def _add_file(turn: Turn) -> Reply:
    """Caption `/addstock id`. What is in the file is told when it was read."""
    return _read_file(turn, fields.number(turn.rest.rstrip("|").strip(), "addstock"))


def _read_file(turn: Turn, product_id: int) -> Reply:
    document, product = turn.event.document, products.get(product_id)
    assert document
    problem = files.refusal(document.name, document.size)
    if problem:
        raise WrongFormat(f"addstock.{problem}", most=files.MOST_BYTES >> 20)
    batches.promise_file(product.id, document.id, document.name, origin(turn))
    return SILENT if turn.event.follows_caption else show("plain", texts.READING(number=product.id))


def batch(_person: User | None, batch_id: int, note: str | None = None, seams: str | None = None) -> Screen:
    """The question, then the progress, then what became of it. `seams`: lines to look at, encrypted."""
    one = batches.get(batch_id)
    screen = _SCREENS[one.state](one)
    if one.state != StockBatch.ASKED:
        return screen
    shown = html.lines([Html(screen.text), *([texts.NOTES[note]()] if note else []), *_seams(seams)])
    return replace(screen, text=shown, batch_id=one.id)


def _seams(encrypted: str | None) -> list[Html]:
    if encrypted is None:
        return []
    doubts = crypto.decrypt(encrypted.encode()).split("\n")
    return [texts.SEAM(line=html.cut(line, SEAM_UNITS)) for line in doubts[:SHOWN]]


def _asked(one: StockBatch) -> Screen:
    lines = batches.lines(one)
    first = html.lines(texts.MASKED_LINE(line=html.masked(line)) for line in lines[:SHOWN])
    product, different = stockroom.get(one.product_id), set(lines)
    had = stock.had(one.product_id, different)
    text = texts.ASK_STOCK(
        **_facts(one),
        total=numbers.count(one.total),
        first=first,
        twins=numbers.count(len(lines) - len(different)),
        had=numbers.count(had),
        available=numbers.count(product.available),
        then=numbers.count(product.available + (len(different) - had) * product.slots),
        heading=_heading(one),
    )
    add = Button(keyboards.ADD_THEM, pack("stock_batch_add", one.id))
    return Screen(text, [[add, Button(keyboards.DROP_THEM, pack("stock_batch_drop", one.id))]])


def _adding(one: StockBatch) -> Screen:
    text = texts.ADDING(**_facts(one), done=numbers.count(one.done), total=numbers.count(one.total))
    return Screen(text, [[Button(keyboards.DROP_THEM, pack("stock_batch_drop", one.id))]])


def _done(one: StockBatch) -> Screen:
    text = texts.STOCKED(
        **_facts(one),
        added=numbers.count(one.added),
        duplicates=numbers.count(one.total - one.added),
        available=_available(one),
        heading=_heading(one),
    )
    return Screen(text, [[Button(keyboards.UNDO, pack("stock_batch_undo", one.id))]] if one.added else [])


def _dropped(one: StockBatch) -> Screen:
    already = texts.ADDED_BEFORE(added=numbers.count(one.added)) if one.added else ""
    return Screen(texts.NOT_ADDED(**_facts(one), left=numbers.count(one.total - one.done), already=already))


def _undone(one: StockBatch) -> Screen:
    return Screen(texts.TAKEN_BACK(**_facts(one), added=numbers.count(one.added), available=_available(one)))


_SCREENS = {
    StockBatch.ASKED: _asked,
    StockBatch.ADDING: _adding,
    StockBatch.DONE: _done,
    StockBatch.DROPPED: _dropped,
    StockBatch.UNDONE: _undone,
}


def _facts(one: StockBatch) -> dict[str, object]:
    product = stockroom.get(one.product_id)
    in_slots = texts.IN_SLOTS(slots=product.slots) if product.slots > 1 else ""
    return {"number": one.product_id, "name": html.cut(product.name, NAME_UNITS), "slots": in_slots}


def _available(one: StockBatch) -> str:
    return numbers.count(stockroom.get(one.product_id).available)


def _heading(one: StockBatch) -> Html:
    return texts.HEADING() if one.with_heading else Html()

"""`/addfile`, `/delstock`, `/delallstock` and `/exportstock`: goods that are files, and goods one by one."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.toolkit import albums, keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.events import File
from app.bot.toolkit.reply import SILENT, Reply, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products, stock, stockroom
from app.errors import Unknown, WrongFormat
from app.texts import html, numbers
from app.texts.admin import goods as texts
from app.texts.html import Html
from models import StockItem, User

NAME_UNITS = 200
#: What is waited for after `Kirim Berkas`.
LOST_FILE = "lost_file"
#: What follows the number when one file is for every buyer.
_ENDLESS = {"tanpa batas", "unlimited"}


def add_file(turn: Turn) -> Reply:
    """`/addfile id` or `/addfile id|tanpa batas`, under a document, in answer to a document or sticker, or
    before it: Telegram gives stickers no caption. Raises Unknown, Endless, StillStocked.
    """
    named, separator, rest = turn.rest.partition("|")
    product = products.get(fields.number(named.strip(), "addfile"))
    is_shared = " ".join(rest.lower().split()) in _ENDLESS
    if separator and rest.strip() and not is_shared:
        raise WrongFormat("addfile.unlimited")
    if is_shared and turn.event.album:
        return _refuse_album(turn)
    file = turn.event.document or turn.event.sticker or turn.event.replied_file
    if file:
        return _keep(product.id, is_shared, file)
    if turn.event.is_media or turn.event.in_group:
        raise WrongFormat("addfile.file")
    turn.session.wait("addfile", product=product.id, shared=is_shared)
    return show("send_file", product.id, is_shared)


def _refuse_album(turn: Turn) -> Reply:
    """Said once. Raises WrongFormat."""
    if turn.event.follows_caption:
        return SILENT
    raise WrongFormat("addfile.one_file")


def ask_shared_file(turn: Turn, product_id: int) -> Reply:
    """`Kirim Berkas`: the one file for every buyer, once more. Raises Unknown."""
    turn.session.wait(LOST_FILE, product=products.get(product_id).id)
    return show("lost_file", product_id)


def take_lost_file(turn: Turn, product_id: int) -> Reply:
    """Raises WrongFormat, Unknown."""
    return take_file(turn, product_id, True)


def take_file(turn: Turn, product_id: int, is_shared: bool) -> Reply:
    """What was sent after `/addfile id`, an album of it too."""
    file = turn.event.document or turn.event.sticker
    if file is None:
        raise WrongFormat("addfile.file")
    albums.expect(turn, f"/addfile {product_id}" + ("|unlimited" if is_shared else ""))
    if is_shared and turn.event.album:
        return _refuse_album(turn)
    return _keep(product_id, is_shared, file)


def send_file(_person: User, product_id: int, _is_shared: bool) -> Screen:
    """Raises Unknown."""
    return Screen(_wanted(product_id), keyboards.back("home"))


def lost_file(_person: User, product_id: int) -> Screen:
    """Raises Unknown."""
    return Screen(_wanted(product_id), keyboards.back("file_notice", product_id))


def _wanted(product_id: int) -> Html:
    return texts.SEND_FILE(number=product_id, name=html.cut(stockroom.get(product_id).name, NAME_UNITS))


def remove(turn: Turn) -> Reply:
    """`/delstock id|stock id`. Raises Unknown."""
    named, text = fields.split(turn.rest, 2, "delstock")
    number = fields.number(named, "delstock")
    item = money.whole(text, fields.BIGGEST_ID)
    if item is None:
        raise (
            Unknown("item", text)
            if text.isdecimal()
            else WrongFormat("delstock.item", given=fields.given(text))
        )
    stockroom.remove(number, item)
    return show("plain", texts.REMOVED(item=item, number=number))


def ask_to_purge(turn: Turn) -> Reply:
    """`/delallstock id`. Raises Unknown."""
    number = fields.number(turn.rest, "delallstock")
    found = stockroom.unsold(number)
    if not found.count and not found.is_shared:
        return show("plain", texts.NOTHING_UNSOLD(number=number))
    return show("purge", number)


def purge(turn: Turn, product_id: int, last_id: int, mark: int = 0) -> Reply:
    """Nothing that came after the question goes. Raises Unknown, OtherProduct."""
    del turn
    return show("purged", product_id, stockroom.remove_all(product_id, last_id, mark))


def keep(turn: Turn) -> Reply:
    del turn
    return show("plain", texts.KEPT())


def export(turn: Turn) -> Reply:
    """`/exportstock id`. The file goes to the admin alone, never to a group. Raises Unknown."""
    number = fields.number(turn.rest, "exportstock")
    count = stockroom.promise_export(number, turn.person.id)
    if not count:
        return show("plain", texts.NOTHING_UNSOLD(number=number))
    return show("plain", texts.EXPORTING(count=numbers.count(count)))


def export_now(turn: Turn, product_id: int) -> Reply:
    """`Unduh Stok`. Raises Unknown."""
    count = stockroom.promise_export(product_id, turn.person.id)
    if not count:
        return toast(texts.NOTHING_UNSOLD_TOAST.plain(number=product_id), alert=True)
    return toast(texts.EXPORTING_TOAST.plain(count=numbers.count(count)), alert=True)


def question(_person: User, product_id: int) -> Screen:
    """How many items there are now, with a button for just these."""
    found, product = stockroom.unsold(product_id), stockroom.get(product_id)
    yes = Button(keyboards.PURGE_YES, pack("purge", product_id, found.last_id, products.mark(product)))
    return Screen(
        texts.PURGE(
            number=product_id,
            name=html.cut(product.name, NAME_UNITS),
            count=numbers.count(found.count),
            shared=texts.PURGE_SHARED if found.is_shared else "",
        ),
        [[yes, Button(keyboards.PURGE_NO, pack("keep"))]],
    )


def purged(_person: User, product_id: int, count: int) -> Screen:
    name = html.cut(stockroom.get(product_id).name, NAME_UNITS)
    return Screen(texts.PURGED(count=numbers.count(count), number=product_id, name=name))


def exported(product_id: int) -> tuple[str, bytes, str]:
    """Name, content and caption of the file with a product's unsold goods; a worker sends it."""
    lines = [_line(*goods) for goods in stockroom.export(product_id)]
    name = html.cut(stockroom.get(product_id).name, NAME_UNITS)
    caption = texts.EXPORT(number=product_id, name=name)
    return texts.EXPORT_NAME.plain(number=product_id), "\n".join(lines).encode(), caption


def _line(item_id: int, kind: str, content: str) -> str:
    if kind == stockroom.LOCKED:
        return texts.EXPORT_LOCKED.plain(id=item_id)
    line = texts.EXPORT_TEXT if kind == StockItem.TEXT else texts.EXPORT_OTHER
    return line.format(id=item_id, kind=kind, content=content)


def _keep(product_id: int, is_shared: bool, file: File) -> Reply:
    if is_shared:
        stockroom.share(product_id, file.kind, file.id)
        return show("card", "shared", product_id)
    added = stock.add_file(product_id, file.kind, file.id, file.unique_id)
    return show("card", "addfile" if added else "known", product_id)

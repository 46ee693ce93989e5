"""What has happened in the demo's shop before its visitor comes: a month of sales, and what went wrong today.

story     who bought what and when, invented; the same every time
booking   that as rows, with the audit events that the services would have written
mishaps   what waits for an operator
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.backoffice import verifications
from app.catalogue import listings, products, stock, stockroom
from app.infra import stored, transactions
from app.local import cast
from app.ops import sample_shop
from app.ops.history import mishaps, story
from app.ops.history.booking import Book
from app.people import groups, menus, notices, users
from models import StockItem, User, utcnow

_DONE = "demo_history"
STICKERS, POSTER = 902, 406
#: When the payment that contradicts was asked for.
CONTRADICTED = timedelta(minutes=70)


@dataclass(frozen=True)
class Prepared:
    """Who runs the shop and who resells, the group that is told, and the payment that is paid wrongly."""

    admin: int
    reseller: int
    group: int
    invoice: str
    txn_id: str


def add(known: Prepared) -> int:
    """The month and the mishaps, once; how many orders. The sample shop is there already."""
    with transactions.atomic():
        if not stored.put_new(_DONE, True):
            return 0
        _add_people(known)
        _add_goods()
        book = _written(known)
        # What expired in that month is no news.
        stored.put(notices.EXPIRED_MARK, utcnow().timestamp())
        mishaps.refund_some(known.admin)
        mishaps.fail_delivery(known.reseller)
        verifications.promise()  # what was checked before saw an empty shop
        return book


def _add_people(known: Prepared) -> None:
    users.meet(known.admin, "Admin", "admin_toko")
    menus.offer(known.admin)
    groups.add(known.group, "Notifikasi Toko", known.admin)
    for days, (user_id, (name, username)) in enumerate(cast.CUSTOMERS.items()):
        users.meet(user_id, name, username)
        joined = utcnow() - timedelta(days=story.DAYS + 1 + days)
        User.update(joined_at=joined).where(User.id == user_id).execute()


def _add_goods() -> None:
    """Pictures, stickers, and a file for every buyer: what only these stand-ins have."""
    for number in cast.PICTURES:
        listings.change(number, photo=cast.picture(number))
    words = "Stiker lucu yang langsung dikirim ke chat."
    products.add("Stiker Toko", 6_000, number=STICKERS, description=words)
    for file_id in cast.STICKERS:
        stock.add_file(STICKERS, StockItem.STICKER, file_id, file_id)
    words = "PDF, sama untuk semua pembeli."
    products.add(
        "Poster Rumus Matematika", 4_000, number=POSTER, category=sample_shop.LEARNING, description=words
    )
    stockroom.share(POSTER, StockItem.DOCUMENT, cast.DOCUMENT)


def _written(known: Prepared) -> int:
    """What is sold in it comes to the shelves first, so that those stay as full as they are."""
    stocked = {sample.number: sample for sample in sample_shop.SAMPLES if sample.count}
    book = Book()
    buyers = [*cast.CUSTOMERS, known.reseller]
    book.add(story.wishes(utcnow(), buyers, [*stocked]))
    book.contradict(
        utcnow() - CONTRADICTED, buyers[-2], cast.CONTRADICTED, cast.ASKED, known.invoice, known.txn_id
    )
    for number, items in book.sold.items():
        stock.add(number, sample_shop.lines(stocked[number], more=items))
    return book.write()

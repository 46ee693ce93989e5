"""Stock beyond the chat: files of goods from and for staff, and word for those who wait for a product."""

from __future__ import annotations

from app import audit, restock, stock, transactions, users
from app.bot import refusals
from app.bot.admin import files
from app.bot.admin.goods import exported
from app.clients import telegram
from app.errors import Blocked, Refused, ShopError, UnknownProduct, WrongFormat
from app.infra import outbox
from workers.policies import patient


@patient
def add_stock_file(chat_id: int, admin_id: int, product_id: int, file_id: str, name: str) -> None:
    """Repeating adds nothing twice: goods that are there already count as duplicates."""
    try:
        content = telegram.client().download(file_id, files.MOST_BYTES)
        items = files.items(name, content)
    except Refused as refusal:
        tell_wrong(chat_id, "file_size" if refusal.status == 413 else "file_lost")
    except WrongFormat as wrong:
        tell(chat_id, "wrong_format", hint=wrong.hint, facts=wrong.facts)
    else:
        try_to_put(chat_id, admin_id, product_id, items)


@patient
def export_stock(admin_id: int, product_id: int) -> None:
    """Unsold goods for an admin's eyes. They are read here and now, and kept nowhere on the way."""
    if not users.is_admin_id(admin_id):
        return
    try:
        name, content, caption = exported(product_id)
        telegram.client().send_document(admin_id, content, name, caption)
    except UnknownProduct as gone:
        tell_refusal(admin_id, gone)
    except Blocked:
        users.unreachable(admin_id)


@patient
def tell_waiters(product_id: int) -> None:
    """The product is back. Who was promised the message waits no more, so nobody gets it twice."""
    while restock.tell_some(product_id):
        pass


def try_to_put(chat_id: int, admin_id: int, product_id: int, items: list[str]) -> None:
    """The product may have gone, or become a file for everybody, since the command was taken."""
    try:
        put(chat_id, admin_id, product_id, items)
    except ShopError as refusal:
        tell_refusal(chat_id, refusal)


def put(chat_id: int, admin_id: int, product_id: int, items: list[str]) -> None:
    """The goods and the promise to report them, together."""
    with audit.acting_as(admin_id), transactions.atomic():
        result = stock.add(product_id, items)
        report = {"product_id": product_id, "added": result.added, "duplicates": result.duplicates}
        outbox.add("send_notice", chat_id, "stock_added", report)


def tell_wrong(chat_id: int, problem: str) -> None:
    tell(chat_id, "wrong_format", hint=f"addstock.{problem}", facts={"most": files.MOST_BYTES >> 20})


def tell_refusal(chat_id: int, refusal: ShopError) -> None:
    text, facts = refusals.sentence(refusal)
    tell(chat_id, "refused", text=text(**facts))


def tell(chat_id: int, kind: str, **data: object) -> None:
    with transactions.atomic():
        outbox.add("send_notice", chat_id, kind, data)

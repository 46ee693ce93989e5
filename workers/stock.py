"""Goods that staff send as a file: fetched here, put on the shelf by the service."""

from __future__ import annotations

from app import audit, restock, stock, transactions
from app.bot.admin import files
from app.clients import telegram
from app.errors import Refused, WrongFormat
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
        put(chat_id, admin_id, product_id, items)


@patient
def tell_waiters(product_id: int) -> None:
    """The product is back. Who was promised the message waits no more, so nobody gets it twice."""
    while restock.tell_some(product_id):
        pass


def put(chat_id: int, admin_id: int, product_id: int, items: list[str]) -> None:
    """The goods and the promise to report them, together."""
    with audit.acting_as(admin_id), transactions.atomic():
        result = stock.add(product_id, items)
        report = {"product_id": product_id, "added": result.added, "duplicates": result.duplicates}
        outbox.add("send_notice", chat_id, "stock_added", report)


def tell_wrong(chat_id: int, problem: str) -> None:
    tell(chat_id, "wrong_format", hint=f"addstock.{problem}", facts={"most": files.MOST_BYTES >> 20})


def tell(chat_id: int, kind: str, **data: object) -> None:
    with transactions.atomic():
        outbox.add("send_notice", chat_id, kind, data)

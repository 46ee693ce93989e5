"""What the buyer gets for an order, as the messages that carry it. Nothing is sent here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from peewee import Case

from app.catalogue import stock
from app.errors import OrderClosed
from app.infra import transactions
from models import Delivery, Order, StockItem, db, utcnow

#: Telegram takes 4096 characters of text and marks up 100 pieces of it; the rest is room for the heading.
_ROOM, _MOST_LINES = 3500, 90


@dataclass(frozen=True)
class Part:
    """One message: `kind` text (HTML), file (a .txt to upload), document or sticker (a Telegram file id)."""

    number: int
    kind: str
    content: str


TEXT, FILE = "text", "file"
#: The order stays as it is until the row is there: whoever credits it meanwhile finds that row.
_BEGIN = """
WITH ours AS (
    SELECT id, state FROM "order" WHERE id = %(order)s FOR NO KEY UPDATE
), begun AS (
    INSERT INTO delivery (order_id, part, state, doubts, at)
    SELECT id, %(part)s, 'sending', 0, %(at)s FROM ours WHERE state IN ('paid', 'delivered')
    ON CONFLICT (order_id, part) DO UPDATE
    SET state = 'sending', doubts = greatest(delivery.doubts, 1), at = excluded.at
    WHERE delivery.state <> 'sent'
)
SELECT state FROM ours
"""
_TAG = re.compile(r"</?code>")

#: Telegram drops these from messages, or shows a space: goods that have them are sent as they are, in a file.
_ALTERED = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def parts(order: Order) -> list[Part]:
    """The goods of an order, the same list every time."""
    items = stock.of_order(order)
    lines = [content for kind, content in items if kind == StockItem.TEXT]
    files = [(kind, content) for kind, content in items if kind != StockItem.TEXT]
    together = [_lines(lines)] if lines else []
    return [Part(number, kind, content) for number, (kind, content) in enumerate([*together, *files])]


def plain(part: Part) -> str:
    """A part's goods line by line, without what marks them in a message."""
    return unescape(_TAG.sub("", part.content)) if part.kind == TEXT else part.content


def as_text(order: Order) -> str | None:
    """All the goods as the HTML of one message, or None if they need files or are too long for that."""
    match parts(order):
        case [Part(kind="text", content=content)]:
            return content
    return None


def _lines(lines: list[str]) -> tuple[str, str]:
    """Each item copyable with a tap; a file when they do not fit one message or would not arrive whole."""
    shown = "\n\n".join(f"<code>{escape(line)}</code>" for line in lines)
    altered = any(_ALTERED.search(line) for line in lines)
    if not altered and len(lines) <= _MOST_LINES and sum(_utf16(line) + 2 for line in lines) <= _ROOM:
        return TEXT, shown
    return FILE, "\n".join(lines) + "\n"


def _utf16(text: str) -> int:
    """Telegram counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def sent(order_id: int) -> set[int]:
    """Numbers of the parts that are surely at Telegram."""
    rows = Delivery.select(Delivery.part).where(Delivery.order == order_id, Delivery.state == Delivery.SENT)
    return {row.part for row in rows}


def begin(order_id: int, part: int) -> None:
    """Note that a part is about to go out: until it is known how that ended the order cannot be credited.

    One that was begun before may have arrived: its doubts say so, whatever becomes of this try. Raises
    OrderClosed when the goods are not the buyer's any more.
    """
    values = {"order": order_id, "part": part, "at": utcnow()}
    (state,) = db.execute_sql(_BEGIN, values).fetchone()
    if state not in {Order.PAID, Order.DELIVERED}:
        raise OrderClosed(state)


def doubt(order_id: int, part: int) -> int:
    """The part may have arrived, and Telegram did not say; how often that was so by now.

    What another run of the delivery has surely sent meanwhile stays so.
    """
    state = Case(None, ((Delivery.state == Delivery.SENT, Delivery.SENT),), Delivery.UNKNOWN)
    changes = {"state": state, "doubts": Delivery.doubts + 1, "at": utcnow()}
    rows = (
        Delivery.update(changes)
        .where(Delivery.order == order_id, Delivery.part == part)
        .returning(Delivery.doubts)
        .execute()
    )
    return int(next(iter(rows)).doubts)


def withdraw(order_id: int, part: int) -> None:
    """The part that was begun surely did not go out, this time. An earlier try may have arrived."""
    begun = (Delivery.order == order_id, Delivery.part == part, Delivery.state == Delivery.SENDING)
    with transactions.atomic():
        Delivery.delete().where(*begun, Delivery.doubts == 0).execute()
        Delivery.update(state=Delivery.UNKNOWN).where(*begun).execute()


def note(order_id: int, part: int, state: str, message_id: int | None = None) -> None:
    """Record what became of a part."""
    changes = {"state": state, "message_id": message_id, "at": utcnow()}
    (
        Delivery.insert(order=order_id, part=part, **changes)
        .on_conflict(conflict_target=[Delivery.order, Delivery.part], update=changes)
        .execute()
    )

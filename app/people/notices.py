"""What the admins and their groups are told. Each notice is a promise in the outbox, one a recipient."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.infra import stored, transactions
from app.infra.queue import outbox
from app.people import users
from models import Order, db, utcnow

#: How long one alarm of a kind stands for all that follow.
QUIET = timedelta(minutes=5)
#: What is told of a payment leaves the goods so much of a start: they would compete for one processor.
GOODS_FIRST_MS = 250

#: Until when orders that expired were told of, in seconds since 1970.
EXPIRED_MARK = "expired_reported_until"
#: An order's end is dated a moment before its commit, so a report leaves out what is younger.
_SETTLING = timedelta(seconds=5)
_MOST_LISTED = 20


def to_admins(kind: str, *, delay_ms: int = 0, **data: Any) -> None:
    """Promise a notice of this kind (see app/bot/notices.py) to every admin and notification group."""
    for chat_id in recipients():
        outbox.add("send_notice", chat_id, kind, data, delay_ms=delay_ms)


def refuse(chat_id: int, text: str, thread_id: int | None = None) -> None:
    """Promise a refusal where no reply takes it. `text`: HTML."""
    with transactions.atomic():
        outbox.add("send_notice", chat_id, "refused", {"text": text}, thread_id)


def recipients() -> list[int]:
    """Chats of all who run the shop: admins, then notification groups."""
    groups = db.execute_sql("SELECT chat_id FROM notify_group ORDER BY chat_id")
    return [*users.admin_ids(), *(chat_id for (chat_id,) in groups.fetchall())]


def alarm(kind: str, about: str = "", *, quiet: timedelta = QUIET, **data: Any) -> bool:
    """Tell the admins unless they were told of the same a short while ago; True when they are told."""
    now = utcnow()
    is_news = stored.advance(f"alarm:{kind}:{about}", now.timestamp(), from_below=(now - quiet).timestamp())
    if is_news:
        to_admins(kind, **data)
    return is_news


def report_expired() -> int:
    """One notice for all orders that expired since the last one; returns how many."""
    with transactions.atomic():
        # Locked, so that two reports never tell the same.
        reported_until = datetime.fromtimestamp(stored.lock(EXPIRED_MARK, 0), UTC)
        until = utcnow() - _SETTLING
        expired = Order.select(Order.id).where(
            Order.state == Order.EXPIRED, Order.closed_at > reported_until, Order.closed_at <= until
        )
        ids = [order.id for order in expired.order_by(Order.id)]
        stored.put(EXPIRED_MARK, until.timestamp())
        if ids:
            to_admins("orders_expired", order_ids=ids[:_MOST_LISTED], count=len(ids))
        return len(ids)

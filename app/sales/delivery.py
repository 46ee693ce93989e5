"""Delivery: how far the messages with an order's goods have come, and sending them again.

Nothing else writes its table. A message is noted before it goes on the wire, under the order's lock, so that
goods and money cannot both go to the buyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from peewee import Case, fn

from app import audit
from app.catalogue import stock
from app.errors import BeingDelivered, MayHaveGoods, OrderClosed
from app.infra import transactions
from app.infra.queue import dead, outbox
from app.people import users
from app.sales import goods, history, orders
from models import DeadLetter, Delivery, Order, db, utcnow

#: No job with a message on the wire runs for longer. What was noted earlier, a killed worker has left.
LONGEST_FLIGHT = timedelta(seconds=90)

#: What is asked after the first goods comes when they have been looked at.
ASK_LATER_MS = 3_000

#: Outcomes of `send_again`.
SENDING, UNDER_WAY, MOVED_ON = "sending", "under_way", "moved_on"

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


@dataclass(frozen=True)
class Progress:
    """Of so many `messages`, so many were `sent` for sure, and so many more are with the buyer or not."""

    messages: int
    sent: int
    unsure: int
    #: One of them is on the wire at this moment.
    in_the_air: bool

    @property
    def may_be_there(self) -> bool:
        """The buyer may have some of the goods already."""
        return self.sent + self.unsure > 0

    @property
    def goes_on(self) -> bool:
        """It ends by itself in a moment: a message is on the wire, or all have arrived."""
        return self.in_the_air or 0 < self.messages <= self.sent


def mark_delivered(order_id: int) -> Order | None:
    """Every part of the goods is at Telegram. None when that was known already."""
    with transactions.atomic():
        order = orders.lock(order_id)
        now = utcnow()
        handed = {"goods": stock.sell(order)} if order.state == Order.PAID else {}
        moved = orders.move(order, Order.DELIVERED, told=handed, delivered_at=now, closed_at=now)
        if moved:
            dead.settle(DeadLetter.RETRIED, order.id, "deliver_order")
            buyer = users.count_bought(moved.user_id, moved.quantity)
            if buyer.bought == moved.quantity and not (buyer.email or buyer.whatsapp):
                outbox.add("ask_contact", buyer.id, delay_ms=ASK_LATER_MS)
        return moved


def last_change_ms(order_id: int) -> int:
    """When something of the goods last went out, or was asked for again: tells an old button from a new one.
    0 before the first message."""
    latest = Delivery.select(fn.MAX(Delivery.at)).where(Delivery.order == order_id).scalar()
    return int(latest.timestamp() * 1000) if latest else 0


def send_again(order_id: int, *, state: str, seen_ms: int) -> str:
    """The same goods again, if the order is still as the admin saw it: a second press changes nothing.

    `seen_ms`: the `last_change_ms` that was seen. Raises OrderClosed for an order without goods, Unknown.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        if history.is_waiting("deliver_order", order):
            return UNDER_WAY
        if (order.state, last_change_ms(order.id)) != (state, seen_ms):
            return MOVED_ON
        redeliver(order.id)
        return SENDING


def redeliver(order_id: int) -> Order:
    """Whoever runs the shop sends the same goods again, which is no warranty claim.

    Raises OrderClosed for an order without goods.
    """
    with transactions.atomic():
        return _send_every_part(order_id)


def view(order: Order, *, again: bool) -> None:
    """The buyer looks at the goods they have; `again`: has them sent once more. Raises OrderClosed."""
    with transactions.atomic():
        audit.record("goods.viewed", f"order:{order.invoice}")
        if again:
            _send_every_part(order.id)


def send_rest(order: Order) -> None:
    """What was added to the goods of a delivered order goes out. The caller holds the order's lock."""
    dead.settle(DeadLetter.RETRIED, order.id, "deliver_order")
    outbox.add("deliver_order", order.id)


def _send_every_part(order_id: int) -> Order:
    """What went out before is not forgotten: see settlement.credit."""
    order = orders.lock(order_id)
    if order.state not in {Order.PAID, Order.DELIVERED}:
        raise OrderClosed(order.state)
    # The rows will tell of the next sending: what they told of those before stays here.
    before = _sendings(order)
    _forget_sent(order)
    send_rest(order)
    audit.record("order.redelivered", f"order:{order.invoice}", **({"sent": before} if before else {}))
    return order


def _sendings(order: Order) -> list[list[Any]]:
    """When messages with its goods arrived, and how many in the same minute: a replacement came later."""
    sent = Delivery.select(Delivery.at).where(Delivery.order == order.id, Delivery.state == Delivery.SENT)
    minutes = groupby(sent.order_by(Delivery.at), key=lambda each: each.at.replace(second=0, microsecond=0))
    together = [[each.at for each in messages] for _, messages in minutes]
    return [[times[-1].isoformat(), len(times)] for times in together]


def progress_of(order: Order) -> Progress:
    """Of what the buyer is to have: what was replaced may be there or not."""
    messages = goods.numbers(order)
    known = [part for part in Delivery.select().where(Delivery.order == order.id) if part.part in messages]
    sent = sum(part.state == Delivery.SENT for part in known)
    since = utcnow() - LONGEST_FLIGHT
    return Progress(
        messages=len(messages),
        sent=sent,
        unsure=len(known) - sent,
        in_the_air=any(part.state == Delivery.SENDING and part.at > since for part in known),
    )


def is_due(order: Order) -> bool:
    """The buyer is to have goods that are not surely there: the first time, again, or for faulty ones."""
    if order.state == Order.DELIVERED:
        return not goods.numbers(order) <= sent_parts(order.id)
    return order.state == Order.PAID


def settled_progress(order: Order) -> Progress:
    """The same once it is known what became of every message. Raises BeingDelivered."""
    progress = progress_of(order)
    if progress.goes_on:
        raise BeingDelivered
    return progress


def give_up(order: Order, *, anyway: bool) -> bool:
    """The money goes back instead; whether the goods are lost to the shop, since the buyer may have them.

    `anyway`: whoever asks knows that. Raises BeingDelivered, MayHaveGoods.
    """
    progress = settled_progress(order)
    if not progress.may_be_there:
        return False
    if not anyway:
        raise MayHaveGoods(progress.messages, progress.sent, progress.unsure)
    audit.record("goods.risked", f"order:{order.invoice}", sent=progress.sent, unsure=progress.unsure)
    return True


def sent_parts(order_id: int) -> set[int]:
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


def _forget_sent(order: Order) -> None:
    """What was sent is to go out once more; that it may be there stays known."""
    settled = (Delivery.order == order.id, Delivery.state != Delivery.SENDING)
    Delivery.update(state=Delivery.UNKNOWN, at=utcnow()).where(*settled).execute()

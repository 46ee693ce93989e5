"""How far the messages with an order's goods have come, for whoever wants to give its money back instead.

Callers hold the order's lock: nothing begins to go out meanwhile. See goods.py for how that is noted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app import audit
from app.errors import BeingDelivered, MayHaveGoods
from models import Delivery, Order, StockItem, utcnow

#: No job with a message on the wire runs for longer. What was noted earlier, a killed worker has left.
LONGEST_FLIGHT = timedelta(seconds=90)


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


def of(order: Order) -> Progress:
    known = list(Delivery.select().where(Delivery.order == order.id))
    kinds = [item.kind for item in StockItem.select(StockItem.kind).where(StockItem.order == order.id)]
    sent = sum(part.state == Delivery.SENT for part in known)
    since = utcnow() - LONGEST_FLIGHT
    return Progress(
        messages=sum(kind != StockItem.TEXT for kind in kinds) + (StockItem.TEXT in kinds),
        sent=sent,
        unsure=len(known) - sent,
        in_the_air=any(part.state == Delivery.SENDING and part.at > since for part in known),
    )


def send_again(order: Order) -> None:
    """What was sent is to go out once more; that it may be there stays known."""
    sent = (Delivery.order == order.id, Delivery.state == Delivery.SENT)
    Delivery.update(state=Delivery.UNKNOWN).where(*sent).execute()


def landed(order: Order) -> Progress:
    """The same once it is known what became of every message. Raises BeingDelivered."""
    progress = of(order)
    if progress.goes_on:
        raise BeingDelivered
    return progress


def give_up(order: Order, *, anyway: bool) -> bool:
    """The money goes back instead; whether the goods are lost to the shop, since the buyer may have them.

    `anyway`: whoever asks knows that. Raises BeingDelivered, MayHaveGoods.
    """
    progress = landed(order)
    if not progress.may_be_there:
        return False
    if not anyway:
        raise MayHaveGoods(progress.messages, progress.sent, progress.unsure)
    audit.record("goods.risked", f"order:{order.invoice}", sent=progress.sent, unsure=progress.unsure)
    return True

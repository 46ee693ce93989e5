"""Warranty: which items of an order may be claimed, and how a claim is answered. Each is answered once.

what happens                        open claims of the order
its money is given back             dropped, as they are answered with that (refunds.give)
its buyer asks to be forgotten      dropped, and what was written in them is erased (privacy.forget)
its buyer is banned                 stay: what was paid for is owed
its product is retired, changed     stay: what counts is the warranty at the sale; what is left replaces
nothing is left to replace with     stay, and the admin is told of the other ways
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.catalogue import replacements, stock
from app.errors import AmountOutOfRange, Locked, Unknown
from app.infra import transactions
from app.infra.queue import outbox
from app.people import notices
from app.sales import claims, delivery, goods, orders, refunds, wallet
from app.sales.claims import ClaimAnswered, NotClaimable
from models import Claim, Order, StockItem, utcnow

#: Longest warranty, in days.
MOST_DAYS = 3650
#: So many letters say what is wrong.
LEAST_LETTERS, MOST_LETTERS = 3, 500
#: So many claims an order takes, or twice as many as it has items, whatever becomes of them.
MOST_CLAIMS = 5

_FIRST_FIELD = re.compile(r"[^|:;\t ]+")


@dataclass(frozen=True)
class Item:
    """One of an order's items. `hint` tells it from the others without its secrets; "" where nothing does."""

    id: int
    number: int
    hint: str
    is_faulty: bool
    claim: Claim | None


def ends_at(order: Order) -> datetime | None:
    """Until when its items may be claimed; None for what has no warranty."""
    if order.warranty_days is None or order.delivered_at is None:
        return None
    ended: datetime = order.delivered_at + timedelta(days=order.warranty_days)
    return ended


def is_running(order: Order) -> bool:
    until = ends_at(order)
    return order.state == Order.DELIVERED and until is not None and utcnow() <= until


def items(order: Order) -> list[Item]:
    """What the buyer has of the order, in the order of the goods."""
    return [item for item in _every_item(order) if not item.is_faulty]


def item(order: Order, item_id: int) -> Item:
    """One of the order's, also what was replaced. Raises Unknown."""
    found = next((item for item in _every_item(order) if item.id == item_id), None)
    if found is None:
        raise Unknown("bought", order.invoice)
    return found


def _every_item(order: Order) -> list[Item]:
    claimed = {claim.item_id: claim for claim in claims.of_order(order.id) if claim.state != Claim.DROPPED}
    return [
        Item(each.id, number, hint(each), each.is_faulty, claimed.get(each.id))
        for number, each in enumerate(stock.of_order(order), start=1)
    ]


def hint(held: stock.Held) -> str:
    """The first field of a line, such as the account's name; "" for files, for what is one secret, and for
    what no key opens."""
    if held.kind != StockItem.TEXT:
        return ""
    try:
        line = held.content
    except Locked:
        return ""
    first = _FIRST_FIELD.match(line)
    return first.group() if first and first.group() != line else ""


def must_be_covered(order: Order) -> None:
    """Raises NotClaimable for an order of which nothing can be claimed now."""
    if order.product_id is None:
        raise NotClaimable("deposit")
    if order.state != Order.DELIVERED:
        raise NotClaimable("credited" if order.state == Order.CREDITED else "undelivered")
    if refunds.is_refunded(order):
        raise NotClaimable("refunded")
    if not order.total:
        raise NotClaimable("free")
    until = ends_at(order)
    if until is None:
        raise NotClaimable("unlimited" if _is_endless(order) else "none")
    if utcnow() > until:
        raise NotClaimable("ended", until=until)


def must_be_claimable(order: Order, item_id: int) -> None:
    """Raises NotClaimable, Unknown for what is not the order's."""
    must_be_covered(order)
    if not StockItem.select().where(StockItem.id == item_id, StockItem.order == order.id).exists():
        raise Unknown("bought", order.invoice)
    known = claims.of_item(item_id)
    if known:
        raise NotClaimable(f"claim_{known.state}")
    most = max(MOST_CLAIMS, 2 * order.quantity)
    if len(claims.of_order(order.id)) >= most:
        raise NotClaimable("limit", most=most)


def claim(order_id: int, item_id: int, complaint: str, *, user_id: int | None = None) -> Claim:
    """Claim an item of an order; the admins are told. `user_id`: its buyer; without, staff for them.

    Raises NotClaimable, Unknown (also for somebody else's order).
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        if user_id is not None and order.user_id != user_id:
            raise Unknown("bought", order.invoice)
        must_be_claimable(order, item_id)
        opened = claims.insert(order, item_id, complaint)
        if opened is None:
            raise NotClaimable("claim_open")
        notices.to_admins("claim_opened", claim_id=opened.id)
        return opened


def replace(claim_id: int) -> Claim:
    """Another item from the shelf goes to the buyer, once; the old one is faulty.

    Raises ClaimAnswered, Unknown, and what replacements.swap raises: then the claim stays open.
    """
    with transactions.atomic():
        order, found = _lock_open(claim_id)
        taken = replacements.swap(order, found.item_id)
        met = orders.count_claim(order)
        _answer(
            order, found, Claim.REPLACED,
            told={"item": found.item_id, "replacement": taken, "claims": met},
            replacement=taken, part=_next_part(order),
        )  # fmt: skip
        delivery.send_rest(order)
        return claims.get(claim_id)


def refund(claim_id: int, amount: int | None = None, *, actor_id: int | None = None) -> Claim:
    """What the item is still worth becomes balance, or another `amount` up to what it cost, once.

    Raises ClaimAnswered, AmountOutOfRange, Unknown.
    """
    with transactions.atomic():
        order, found = _lock_open(claim_id)
        given = refunds.worth_of_item(order).amount if amount is None else amount
        most = refunds.paid_for_item(order)
        if not 1 <= given <= most:
            raise AmountOutOfRange(given, 1, most, "booking")
        met = orders.count_claim(order)
        told = {"item": found.item_id, "amount": given, "claims": met}
        _answer(order, found, Claim.REFUNDED, told=told, amount=given)
        wallet.post(order.user_id, given, claims.reason(order, found.id), actor_id=actor_id)
        outbox.add("send_notice", order.user_id, "refunded", {"order_id": order.id, "amount": given})
        return claims.get(claim_id)


def refuse(claim_id: int, *, why: str) -> Claim:
    """The buyer is told why. Raises ClaimAnswered, Unknown."""
    with transactions.atomic():
        order, found = _lock_open(claim_id)
        _answer(order, found, Claim.REFUSED, told={"item": found.item_id}, note=why)
        outbox.add("send_notice", order.user_id, "claim_refused", {"claim_id": found.id})
        return claims.get(claim_id)


def drop_of(user_id: int) -> None:
    """The person asked to be forgotten."""
    with transactions.atomic():
        for order_id in claims.open_orders(user_id):
            claims.drop_open(orders.lock(order_id))
        claims.erase_words(user_id)


def _lock_open(claim_id: int) -> tuple[Order, Claim]:
    order = orders.lock(claims.get(claim_id).order_id)
    found = claims.get(claim_id)
    if found.state != Claim.OPEN:
        raise ClaimAnswered(found.state)
    return order, found


def _answer(order: Order, found: Claim, to: str, *, told: dict[str, Any], **changes: Any) -> None:
    if not claims.move(order, found.id, to, told=told, **changes):
        raise ClaimAnswered(claims.get(found.id).state)


def _next_part(order: Order) -> int:
    replaced = sum(each.part is not None for each in claims.of_order(order.id))
    return goods.FIRST_REPLACEMENT + replaced


def _is_endless(order: Order) -> bool:
    """What was sold was a copy of one file for everybody."""
    copies = (StockItem.order == order.id, StockItem.fingerprint.is_null())
    return bool(StockItem.select().where(*copies).exists())

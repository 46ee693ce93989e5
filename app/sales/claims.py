"""One warranty claim's row: its states, who may move it from which, and how it is found.

Nothing else writes this table. Callers hold the order's lock. What moves with it is warranty.py's business.
"""

from __future__ import annotations

from typing import Any

from peewee import ModelSelect, Tuple

from app import audit
from app.errors import Locked, ShopError, Unknown
from app.infra import crypto, fingerprints
from models import Claim, Delivery, Order, Product, StockItem, User, utcnow


class NotClaimable(ShopError):
    """No claim can be made of it; `why` is a key of texts.refusals.NOT_CLAIMABLE."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


class ClaimAnswered(ShopError):
    """Somebody has answered the claim already, or it needs no answer: it is `state`."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the claim is {state}")
        self.state = state


MOVES = {
    Claim.REPLACED: {Claim.OPEN},
    Claim.REFUNDED: {Claim.OPEN},
    Claim.REFUSED: {Claim.OPEN},
    Claim.DROPPED: {Claim.OPEN},
}


def insert(order: Order, item_id: int, complaint: str) -> Claim | None:
    """None when the item was claimed before."""
    columns = {"order": order.id, "item": item_id, "complaint": crypto.encrypt(complaint)}
    rows = Claim.insert(columns).on_conflict_ignore().returning(Claim).execute()
    claim = next(iter(rows), None)
    if claim:
        mark = fingerprints.of_words(complaint)
        audit.record("order.claim_opened", f"order:{order.invoice}", claim=claim.id, item=item_id, mark=mark)
    return claim


def move(order: Order, claim_id: int, to: str, *, told: dict[str, Any] | None = None, **changes: Any) -> bool:
    """Answer a claim if nobody was first; `told` goes into its audit event."""
    rows = (
        Claim.update(state=to, answered_at=utcnow(), **changes)
        .where(Claim.id == claim_id, Claim.state.in_(MOVES[to]))
        .execute()
    )
    if rows:
        audit.record(f"order.claim_{to}", f"order:{order.invoice}", claim=claim_id, **(told or {}))
    return bool(rows)


def get(claim_id: int) -> Claim:
    """Raises Unknown."""
    claim: Claim | None = Claim.get_or_none(Claim.id == claim_id)
    if claim is None:
        raise Unknown("claim", claim_id)
    return claim


def with_order(claim_id: int) -> Claim:
    """A claim read with its order, product, buyer and item. Raises Unknown."""
    found: Claim | None = _joined().where(Claim.id == claim_id).first()
    if found is None:
        raise Unknown("claim", claim_id)
    return found


def of_order(order_id: int) -> list[Claim]:
    """Every one of an order, oldest first."""
    return list(Claim.select().where(Claim.order == order_id).order_by(Claim.id))


def of_user(user_id: int) -> list[Claim]:
    """Every one of a person's orders, oldest first."""
    return list(Claim.select(Claim).join(Order).where(Order.user == user_id).order_by(Claim.id))


def of_item(item_id: int) -> Claim | None:
    """The one of an item that counts."""
    found: Claim | None = (
        Claim.select().where(Claim.item == item_id, Claim.state != Claim.DROPPED).order_by(Claim.id).first()
    )
    return found


def waiting() -> ModelSelect[Claim]:
    """Those that nobody has answered, oldest first; callers page."""
    return _open(Claim.select())


def waiting_before(claim: Claim) -> ModelSelect[Claim]:
    """Those that come first in that list."""
    moment = Tuple(Claim.opened_at, Claim.id) < Tuple(claim.opened_at, claim.id)
    return waiting().where(moment)


def waiting_with_orders() -> ModelSelect[Claim]:
    """The same with what they are about."""
    return _open(_joined())


def _open(found: ModelSelect[Claim]) -> ModelSelect[Claim]:
    return found.where(Claim.state == Claim.OPEN).order_by(Claim.opened_at, Claim.id)


def complaint(claim: Claim) -> str | None:
    """What is wrong, in the buyer's words; None once those were forgotten, or where no key opens them: the
    claim is to be answered all the same."""
    try:
        return crypto.decrypt(claim.complaint) if claim.complaint else None
    except Locked:
        return None


def reason(order: Order, claim_id: int) -> str:
    """Of the ledger's entry for what was given back."""
    return f"order:{order.invoice}:warranty:{claim_id}"


def refunded_items(order: Order) -> int:
    """How many of its items were given back as money."""
    return int(Claim.select().where(Claim.order == order.id, Claim.state == Claim.REFUNDED).count())


def mark_handed_over(order_id: int) -> None:
    """What replaced something is at Telegram, as far as its messages are known to have been sent."""
    sent = Delivery.select(Delivery.part).where(Delivery.order == order_id, Delivery.state == Delivery.SENT)
    (
        Claim.update(handed_at=utcnow())
        .where(Claim.order == order_id, Claim.part.in_(sent), Claim.handed_at.is_null())
        .execute()
    )


def drop_open(order: Order) -> None:
    """Nobody has to answer those of this order any more."""
    open_ = Claim.select(Claim.id).where(Claim.order == order.id, Claim.state == Claim.OPEN)
    for claim in list(open_):
        move(order, claim.id, Claim.DROPPED)


def erase_words(user_id: int) -> None:
    """What a person wrote in claims, and why they were refused."""
    theirs = Order.select(Order.id).where(Order.user == user_id)
    Claim.update(complaint=None, note=None).where(Claim.order.in_(theirs)).execute()


def open_orders(user_id: int) -> list[int]:
    """Orders of a person with a claim that waits for an answer."""
    rows = Claim.select(Claim.order).join(Order).where(Order.user == user_id, Claim.state == Claim.OPEN)
    return sorted({row.order_id for row in rows})


def _joined() -> ModelSelect[Claim]:
    return (
        Claim.select(Claim, Order, Product, User, StockItem)
        .join(Order)
        .join(Product)
        .switch(Order)
        .join(User)
        .switch(Claim)
        .join(StockItem, on=(Claim.item == StockItem.id))
    )

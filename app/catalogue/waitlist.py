"""Word of stock that is back, for those who asked, and of stock that runs out, for the admins.

Both are promised in the transaction that moves the goods, which holds the product's row.
"""

from __future__ import annotations

from typing import Any

from app import audit
from app.errors import Unknown
from app.infra import stored, transactions
from app.infra.queue import lanes, outbox
from app.people import notices
from models import Product, RestockWaiter, db, utcnow

#: Answers of `ask`.
NOTED, KNOWN, THERE = "noted", "known", "there"

#: The row of settings that says from how many items on the stock is low.
LOW_STOCK = "low_stock"
_LOW_STOCK = 3

_BATCH = 500
#: Waits for whoever changes the row, not for others who read it like this.
_SHARE: Any = "FOR SHARE"


def ask(product_id: int, user_id: int) -> str:
    """This person wants to hear when the product is back: noted, known already, or it is there by now.

    The product's row is locked against whoever adds goods at this moment, so that no word is lost.
    Raises Unknown.
    """
    with transactions.atomic():
        if _is_there(product_id):
            return THERE
        noted = (
            RestockWaiter.insert(product=product_id, user=user_id, at=utcnow())
            .on_conflict_ignore()
            .returning(RestockWaiter.user)
        )
        return NOTED if list(noted.execute()) else KNOWN


def notify(product_id: int) -> None:
    """There is stock again: promise to tell whoever waits."""
    if RestockWaiter.select().where(RestockWaiter.product == product_id).exists():
        outbox.add("tell_waiters", product_id)


def notify_some(product_id: int) -> bool:
    """Promise the next few waiters their message and forget them; False when nobody is left to tell.

    Who waits for what was bought or retired again meanwhile goes on waiting.
    """
    with transactions.atomic():
        try:
            if not _is_there(product_id):
                return False
        except Unknown:
            return False
        told = db.execute_sql(
            "DELETE FROM restock_waiter w USING product p WHERE p.id = w.product_id AND "
            "(w.product_id, w.user_id) IN (SELECT product_id, user_id FROM restock_waiter "
            "WHERE product_id = %s ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING w.user_id, p.name",
            (product_id, _BATCH),
        ).fetchall()
        for user_id, name in told:
            facts = {"product_id": product_id, "name": name}
            outbox.add("send_notice", user_id, "restocked", facts, queue=lanes.BULK)
        return len(told) == _BATCH


def alert_if_low(product: Product, before: int) -> None:
    """Alert the admins if the stock, until now `before`, has just become low or none."""
    after = product.available
    if after == 0:
        kind = "stock_out"
    elif after <= low_stock() < before:
        kind = "stock_low"
    else:
        return
    notices.to_admins(kind, product_id=product.id, name=product.name, left=after)


def low_stock() -> int:
    """From how many items on the stock of a product is low; 0: it never is, only out."""
    return int(stored.get(LOW_STOCK, _LOW_STOCK))


def set_low_stock(wanted: int) -> int:
    """From now on; returns what held until now."""
    with transactions.atomic():
        before = low_stock()
        stored.put(LOW_STOCK, wanted)
        audit.record("shop.low_stock", f"setting:{LOW_STOCK}", before=before, after=wanted)
        return before


def _is_there(product_id: int) -> bool:
    """Locks the product's row until the transaction ends. Raises Unknown."""
    product: Product | None = (
        Product.select(Product.available, Product.shared_kind, Product.locked_at)
        .where(Product.id == product_id, Product.retired_at.is_null())
        .for_update(_SHARE)
        .first()
    )
    if product is None:
        raise Unknown("product", product_id)
    return not product.locked_at and bool(product.available or product.shared_kind)

"""Products whose goods no key opens: off the shelf until they can be opened again, or are taken away."""

from __future__ import annotations

from datetime import timedelta

from app import audit
from app.catalogue import waitlist
from app.infra import crypto, transactions
from app.people import notices
from models import Product, db, utcnow

#: So long one word to the admins about a product stands for all who want it.
QUIET = timedelta(hours=1)

#: What is sold next of each product, if anything.
_NEXT = """
SELECT p.id, p.locked_at IS NOT NULL, coalesce(p.shared_content, (
    SELECT content FROM stock_item WHERE product_id = p.id AND state = 'available' ORDER BY id LIMIT 1
))
FROM product p
WHERE p.retired_at IS NULL
ORDER BY p.id
"""


def check() -> int:
    """Try to open what each product sells next; how many products changed."""
    changed = 0
    for product_id, was_locked, content in db.execute_sql(_NEXT).fetchall():
        locked = content is not None and not crypto.opens(content)
        if locked != was_locked:
            changed += _move(product_id, locked)
    return changed


def alert(product_id: int) -> None:
    notices.alarm("goods_locked", str(product_id), quiet=QUIET, product_id=product_id)


def _move(product_id: int, locked: bool) -> bool:
    """False when another process was first."""
    with transactions.atomic():
        former = Product.locked_at.is_null(locked)
        change = Product.update(locked_at=utcnow() if locked else None)
        if not change.where(Product.id == product_id, former).execute():
            return False
        audit.record("stock.locked" if locked else "stock.unlocked", f"product:{product_id}")
        if locked:
            alert(product_id)
        else:
            waitlist.notify(product_id)
        return True

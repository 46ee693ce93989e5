"""Accounts that several buyers share: one line of stock is so many items, each with a label of its own.

Who buys gets slots of accounts that they have none of yet, as long as there are such.
"""

from __future__ import annotations

from typing import Any

from app.infra import crypto
from models import Product, db

MOST = 20

#: What a slot is called, as the last field of its goods.
LABEL = "profil {slot}"

#: Each is looked up by itself: a list would be compared with every item of the product wherever PostgreSQL
#: does not know yet how many there are.
_KNOWN = """
SELECT mark FROM unnest(%(marks)s::bytea[]) AS mark
WHERE (SELECT true FROM stock_item WHERE product_id = %(product)s AND fingerprint = mark LIMIT 1)
   OR (SELECT true FROM stock_item WHERE product_id = %(product)s AND account = mark LIMIT 1)
"""

#: `held`: how many slots of which accounts the buyer has. `near`: the oldest items, so many that, were all of
#: them of accounts which the buyer has or gets, there would be no other accounts.
_SET_ASIDE = """
UPDATE stock_item SET state = 'reserved', order_id = %(order)s WHERE id IN (
    WITH held AS (
        SELECT s.account, count(*) AS slots
        FROM "order" o
        JOIN stock_item s ON s.order_id = o.id
        WHERE o.user_id = (SELECT user_id FROM "order" WHERE id = %(order)s)
          AND o.product_id = %(product)s AND s.account IS NOT NULL
        GROUP BY s.account
    ), near AS (
        SELECT id, account, row_number() OVER (PARTITION BY account ORDER BY id) AS nth
        FROM (
            SELECT id, account
            FROM stock_item
            WHERE product_id = %(product)s AND state = 'available'
            ORDER BY id
            LIMIT (%(quantity)s + (SELECT count(*) FROM held)) * %(slots)s
        ) AS oldest
    )
    SELECT near.id
    FROM near
    LEFT JOIN held ON held.account = near.account
    ORDER BY CASE WHEN near.account IS NULL THEN 1 ELSE coalesce(held.slots, 0) + near.nth END, near.id
    LIMIT %(quantity)s
)
RETURNING content
"""


def of(product_id: int) -> int:
    """To how many buyers a line of this product is sold; 1 as well for a product that is not there."""
    return int(Product.select(Product.slots).where(Product.id == product_id).scalar() or 1)


def split(key: bytes, line: str, shared_by: int) -> list[dict[str, Any]]:
    """The items of an account, each encrypted. The first is known by the line, as a whole one would be."""
    account = crypto.fingerprint(key, line)
    return [
        {
            "content": crypto.encrypt(labelled(line, slot)),
            "fingerprint": account if slot == 1 else crypto.fingerprint(key, f"\0slot:{slot}:{line}"),
            "account": account,
            "slot": slot,
        }
        for slot in range(1, shared_by + 1)
    ]


def labelled(line: str, slot: int) -> str:
    return f"{line}|{LABEL.format(slot=slot)}"


def known(product_id: int, marks: list[bytes]) -> set[bytes]:
    """Which of these lines the product has, or had: whole, or any slot of them."""
    rows = db.execute_sql(_KNOWN, {"product": product_id, "marks": marks})
    return {bytes(mark) for (mark,) in rows.fetchall()}


def set_aside(product: Product, quantity: int, order_id: int) -> list[bytes]:
    """The contents of the items that are the order's from now on. The caller holds the product's lock."""
    values = {"order": order_id, "product": product.id, "quantity": quantity, "slots": product.slots}
    return [content for (content,) in db.execute_sql(_SET_ASIDE, values).fetchall()]

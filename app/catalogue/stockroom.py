"""Goods as staff handle them one by one: files, removals, the list of what is unsold. See stock.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peewee import ModelSelect, fn

from app import audit
from app.catalogue import products, stock, waitlist
from app.errors import Locked, StillStocked, Unknown
from app.infra import crypto, fingerprints, transactions
from app.infra.queue import outbox
from app.people import notices
from models import Product, StockItem, db

#: So many lines an exported file has at most, the oldest items.
MOST_EXPORTED = 50_000
LOCKED = "locked"


@dataclass(frozen=True)
class Unsold:
    """`last_id`: items that come later are not meant by whoever saw this."""

    count: int
    last_id: int
    is_shared: bool


def share(product_id: int, kind: str, content: str) -> None:
    """From now on the product is this one file (or text), for every buyer.

    Raises Unknown, Locked; StillStocked while it has goods of its own.
    """
    with transactions.atomic():
        product = stock.lock_product(product_id)
        if product.available:
            raise StillStocked(product_id, product.available)
        shared = {"shared_kind": kind, "shared_content": crypto.encrypt(content)}
        Product.update(shared).where(Product.id == product_id).execute()
        _mend_copies(product_id, kind, shared["shared_content"])
        audit.record(
            "stock.shared", f"product:{product_id}",
            before=product.shared_kind, after=kind, mark=fingerprints.of(content),
        )  # fmt: skip
        waitlist.notify(product_id)


def _mend_copies(product_id: int, kind: str, content: object) -> None:
    """Who has paid for the former file, and could not get it, gets this one when it is sent again."""
    db.execute_sql(
        """
        UPDATE stock_item SET kind = %s, content = %s
        WHERE product_id = %s AND fingerprint IS NULL AND state = 'reserved' AND order_id::text IN
            (SELECT subject FROM dead_letter WHERE actor = 'deliver_order' AND state = 'dead')
        """,
        (kind, content, product_id),
    )


def forget_file(product_id: int, content: str) -> None:
    """Telegram does not have the file for everybody any more: nobody else shall pay for it."""
    with transactions.atomic():
        product = _lock(product_id)
        if product.shared_content is None or crypto.decrypt(product.shared_content) != content:
            return
        Product.update(shared_kind=None, shared_content=None).where(Product.id == product_id).execute()
        facts = {"count": 0, "shared": product.shared_kind, "reason": "file_lost"}
        audit.record("stock.removed", f"product:{product_id}", **facts)
        notices.to_admins("file_lost", product_id=product_id)


def remove(product_id: int, item_id: int) -> None:
    """Take one unsold item away. Raises Unknown."""
    with transactions.atomic():
        _lock(product_id)
        removed = _remove(product_id, StockItem.id == item_id)
        if not removed:
            raise Unknown("item", item_id)
        facts = {"count": 1, "sum": sum(removed), "item": item_id}
        audit.record("stock.removed", f"product:{product_id}", **facts)


def unsold(product_id: int) -> Unsold:
    """What `remove_all` would take away. Raises Unknown."""
    product = get(product_id)
    last_id = _on_shelf(product_id).select(fn.MAX(StockItem.id)).scalar()
    return Unsold(product.available, last_id or 0, product.shared_kind is not None)


def remove_all(product_id: int, last_id: int, mark: int = 0) -> int:
    """Take away what is unsold up to this item, and the file for everybody; how many items there were.

    `mark`: which product it was when that was asked. Raises Unknown, OtherProduct.
    """
    with transactions.atomic():
        product = _lock(product_id)
        products.must_be(product, mark)
        removed = _remove(product_id, StockItem.id <= last_id)
        if product.shared_kind:
            Product.update(shared_kind=None, shared_content=None).where(Product.id == product_id).execute()
        audit.record(
            "stock.removed", f"product:{product_id}", count=len(removed), sum=sum(removed),
            before=product.available, after=product.available - len(removed), shared=product.shared_kind,
        )  # fmt: skip
        return len(removed)


def remove_batch(product_id: int, batch_id: int) -> int:
    """Take away what is unsold of goods that were handed in together; how many items there were."""
    with transactions.atomic():
        _lock(product_id)
        removed = _remove(product_id, StockItem.batch_id == batch_id)
        facts = {"count": len(removed), "sum": sum(removed), "batch": batch_id}
        audit.record("stock.removed", f"product:{product_id}", **facts)
        return len(removed)


def promise_export(product_id: int, admin_id: int) -> int:
    """Promise an admin a file with the unsold goods; how many those are. Raises Unknown."""
    with transactions.atomic():
        count = get(product_id).available
        if count:
            audit.record("stock.exported", f"product:{product_id}", count=count)
            outbox.add("export_stock", admin_id, product_id)
        return int(count)


def export(product_id: int) -> Iterator[tuple[int, str, str]]:
    """Unsold goods as (id, kind, content), oldest first; LOCKED is the kind of those that no key opens."""
    items = _on_shelf(product_id).order_by(StockItem.id).limit(MOST_EXPORTED)
    for item in items.iterator():
        try:
            yield item.id, item.kind, crypto.decrypt(item.content)
        except Locked:
            yield item.id, LOCKED, ""


def _remove(product_id: int, which: object) -> list[int]:
    """The marks of what went. The caller holds the product's row: nobody can be reserving them."""
    mine = (StockItem.product == product_id, StockItem.state == StockItem.AVAILABLE, which)
    removed = stock.marks_of(StockItem.delete().where(*mine))
    Product.update(available=Product.available - len(removed)).where(Product.id == product_id).execute()
    return removed


def _on_shelf(product_id: int) -> ModelSelect[StockItem]:
    return StockItem.select().where(StockItem.product == product_id, StockItem.state == StockItem.AVAILABLE)


def get(product_id: int) -> Product:
    """Also a retired one: its goods are still there. Raises Unknown."""
    product: Product | None = Product.get_or_none(Product.id == product_id)
    if product is None:
        raise Unknown("product", product_id)
    return product


def _lock(product_id: int) -> Product:
    product: Product | None = (
        Product.select().where(Product.id == product_id).for_update(transactions.LOCK).first()
    )
    if product is None:
        raise Unknown("product", product_id)
    return product

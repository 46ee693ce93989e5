"""Goods: kept encrypted, counted on the product, moved between available, reserved and sold.

Every change takes the product's row first, by changing its counter. That makes buyers of one product
take turns, so nobody sees "out of stock" while another's reservation may still roll back.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from peewee import ModelSelect

from app import audit, transactions
from app.errors import OutOfStock, UnknownProduct
from app.infra import crypto
from models import Order, Product, Setting, StockItem, db, utcnow

_BATCH = 500


@dataclass(frozen=True)
class Added:
    """What became of goods that were handed in."""

    added: int
    duplicates: int


def add(product_id: int, lines: Iterable[str]) -> Added:
    """Put one item a line on the shelf, without those the product ever had. Raises UnknownProduct."""
    wanted = [line.strip() for line in lines]
    wanted = [line for line in wanted if line]
    with transactions.atomic():
        _lock_product(product_id)
        key = _fingerprint_key()
        added = sum(_insert(product_id, key, batch) for batch in _batches(wanted))
        if added:
            Product.update(available=Product.available + added).where(Product.id == product_id).execute()
            audit.record("stock.added", f"product:{product_id}", count=added)
    return Added(added, len(wanted) - added)


def reserve(product_id: int, quantity: int, order_id: int) -> None:
    """Set `quantity` items aside for the order, oldest first. Raises OutOfStock, changing nothing."""
    counted = (
        Product.update(available=Product.available - quantity)
        .where(Product.id == product_id, Product.available >= quantity)
        .execute()
    )
    if not counted:
        left = Product.select(Product.available).where(Product.id == product_id).scalar()
        raise OutOfStock(product_id, left or 0)
    moved = db.execute_sql(
        "UPDATE stock_item SET state = 'reserved', order_id = %s WHERE id IN "
        "(SELECT id FROM stock_item WHERE product_id = %s AND state = 'available' ORDER BY id LIMIT %s)",
        (order_id, product_id, quantity),
    ).rowcount
    if moved != quantity:
        raise RuntimeError(f"product {product_id} counts items that are not there")


def release(order: Order) -> int:
    """Put the order's reserved items back; returns how many."""
    reserved: int = _items(order).where(StockItem.state == StockItem.RESERVED).count()
    if reserved:
        Product.update(available=Product.available + reserved).where(Product.id == order.product_id).execute()
        _move_reserved(order, {"state": StockItem.AVAILABLE, "order": None})
    return reserved


def sell(order: Order) -> None:
    """The order's reserved items have reached the buyer."""
    reserved = _items(order).where(StockItem.state == StockItem.RESERVED).count()
    Product.update(sold=Product.sold + reserved).where(Product.id == order.product_id).execute()
    _move_reserved(order, {"state": StockItem.SOLD})


def of_order(order: Order) -> list[tuple[str, str]]:
    """The goods of an order as (kind, content), always in the same order."""
    return [(item.kind, crypto.decrypt(item.content)) for item in _items(order).order_by(StockItem.id)]


def _items(order: Order) -> ModelSelect[StockItem]:
    return StockItem.select().where(StockItem.order == order.id)


def _move_reserved(order: Order, changes: dict[str, object]) -> None:
    (
        StockItem.update(changes)
        .where(StockItem.order == order.id, StockItem.state == StockItem.RESERVED)
        .execute()
    )


def _lock_product(product_id: int) -> None:
    row = (
        Product.select(Product.id)
        .where(Product.id == product_id, Product.retired_at.is_null())
        .for_update(transactions.LOCK)
        .first()
    )
    if row is None:
        raise UnknownProduct


def _insert(product_id: int, key: bytes, lines: list[str]) -> int:
    now = utcnow()
    rows = [
        {
            "product": product_id,
            "kind": StockItem.TEXT,
            "content": crypto.encrypt(line),
            "fingerprint": crypto.fingerprint(key, line),
            "state": StockItem.AVAILABLE,
            "added_at": now,
        }
        for line in dict.fromkeys(lines)
    ]
    inserted = StockItem.insert_many(rows).on_conflict_ignore().returning(StockItem.id).execute()
    return len(list(inserted))


def _batches(lines: list[str]) -> Iterator[list[str]]:
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _fingerprint_key() -> bytes:
    """Made once and kept encrypted: a stolen database must not allow guessing at goods."""
    row = Setting.get_or_none(Setting.key == "fingerprint_key")
    if row is None:
        fresh = crypto.encrypt(secrets.token_hex(32)).decode()
        Setting.insert(key="fingerprint_key", value=fresh).on_conflict_ignore().execute()
        row = Setting.get(Setting.key == "fingerprint_key")
    return bytes.fromhex(crypto.decrypt(row.value.encode()))

"""An item that is faulty is replaced by another one from the shelf: both stay the order's, one is sold."""

from __future__ import annotations

from app import audit
from app.catalogue import stock
from app.errors import OutOfStock, Unknown
from app.infra import transactions
from models import Order, Product, StockItem


def swap(order: Order, item_id: int) -> int:
    """Mark a sold item of the order faulty, and give the order another one; that one's id.

    Also from what a retired product has left. The caller holds the order's lock. Raises Unknown for what is
    not sold to it, OutOfStock, GoodsLocked.
    """
    assert order.product_id is not None
    with transactions.atomic():
        product = Product.get_by_id(order.product_id)
        if product.shared_kind:
            raise OutOfStock(product.id, 0)
        stock.reserve(product.id, 1, order.id)
        taken = StockItem.get(StockItem.order == order.id, StockItem.state == StockItem.RESERVED)
        stock.sell(order)
        _mark_faulty(order, item_id)
        audit.record("stock.replaced", f"product:{product.id}", item=item_id, by=taken.id)
        return int(taken.id)


def _mark_faulty(order: Order, item_id: int) -> None:
    marked = (
        StockItem.update(state=StockItem.FAULTY)
        .where(StockItem.id == item_id, StockItem.order == order.id, StockItem.state == StockItem.SOLD)
        .execute()
    )
    if not marked:
        raise Unknown("item", item_id)
    Product.update(sold=Product.sold - 1).where(Product.id == order.product_id).execute()

"""What staff change about products and categories. Every change is audited with what was before and after."""

from __future__ import annotations

import threading
from typing import Any

from peewee import IntegrityError, OperationalError, fn

from app import audit
from app.catalogue import products, stock, waitlist
from app.catalogue.prices import Discount
from app.errors import NumberTaken, StillStocked, Unknown
from app.infra import crypto, fingerprints, transactions
from app.people import notices
from models import CategoryDiscount, Order, Product, StockItem, db

#: How often a product's orders are asked for, and how long those who work on one may go on in between.
TRIES, PASS_S = 20, 0.05


def change(product_id: int, **columns: Any) -> None:
    """Give columns of a product other values. Raises Unknown."""
    with transactions.atomic():
        product = stock.lock_product(product_id)
        before = {name: getattr(product, name) for name in columns}
        Product.update(columns).where(Product.id == product_id).execute()
        audit.record("product.changed", f"product:{product_id}", before=before, after=columns)


def forget_photo(photo: str) -> None:
    """Telegram does not have the picture any more: forget it wherever it is, and tell the admins."""
    with transactions.atomic():
        rows = Product.update(photo=None).where(Product.photo == photo).returning(Product.id).execute()
        for product in rows:
            facts = {"before": {"photo": photo}, "after": {"photo": None}, "reason": "photo_lost"}
            audit.record("product.changed", f"product:{product.id}", **facts)
            notices.to_admins("photo_lost", product_id=product.id)


def discount(product_id: int, new: Discount) -> None:
    """An empty one takes the product's own away. Raises Unknown."""
    change(product_id, discount_percent=new.percent, discount_amount=new.amount)


def set_sold(product_id: int, shown: int) -> None:
    """People are told that so many were sold; what is sold from now on is added. Raises Unknown."""
    with transactions.atomic():
        change(product_id, sold_offset=shown - stock.lock_product(product_id).sold)


def set_slots(product_id: int, wanted: int) -> None:
    """From now on a line that is added is sold to so many buyers.

    Raises Unknown, Endless; StillStocked while goods that were split otherwise are not sold.
    """
    with transactions.atomic():
        product = stock.open_shelf(product_id)
        if product.slots == wanted:
            return
        lines = (StockItem.product == product_id, StockItem.kind == StockItem.TEXT)
        unsold = StockItem.select().where(*lines, StockItem.state == StockItem.AVAILABLE).count()
        ordered = StockItem.select().where(*lines, StockItem.state == StockItem.RESERVED).count()
        if unsold or ordered:
            raise StillStocked(product_id, unsold, ordered)
        change(product_id, slots=wanted)


def renumber(product_id: int, number: int) -> None:
    """The product, its goods, orders and waiters get another number; old buttons find nothing.

    Raises Unknown, NumberTaken; LockNotAvailable, as peewee tells it, in a rush that does not end.
    """
    with transactions.atomic():
        product = _lock_with_orders(product_id)
        try:
            with db.atomic():
                Product.update(id=number).where(Product.id == product_id).execute()
        except IntegrityError:
            raise NumberTaken(number, products.smallest_free()) from None
        count, marks = stock.marks_of_product(number)
        entity, moves = f"product:{number}", {"before": product_id, "after": number}
        values = {name: getattr(product, name) for name in products.TOLD}
        audit.record(
            "product.renumbered", entity, count=count, sum=marks,
            shared=product.shared_kind, values=values,
            mark=product.shared_content and fingerprints.of(crypto.decrypt(product.shared_content)), **moves,
        )  # fmt: skip
        waitlist.notify(number)


def _lock_with_orders(product_id: int) -> Product:
    """The product and all its orders, as they change with its number. Nobody who holds one waits for us.

    1. The orders, before the product, as everywhere; late payments wake ended ones. 2. The product: buyers
    who have placed an order meanwhile come first. 3. Their orders, unless somebody is at work on one: then
    everything is let go, and we begin again.
    """
    held = Order.select(Order.id).where(Order.product == product_id).order_by(Order.id)
    for tries_left in reversed(range(TRIES)):
        try:
            with db.atomic():
                list(held.for_update(transactions.LOCK).tuples())
                product = stock.lock_product(product_id, transactions.KEY_LOCK)
                list(held.for_update(transactions.LOCK, nowait=True).tuples())
                return product
        except OperationalError as error:
            if not tries_left or not transactions.lock_was_taken(error):
                raise
        threading.Event().wait(PASS_S)
    raise AssertionError("the last try returns or raises")


def discount_category(named: str, new: Discount) -> str:
    """An empty one takes it away. Names in any case; returns the right one. Raises Unknown."""
    with transactions.atomic():
        category = _category(named)
        db.execute_sql("LOCK TABLE category_discount IN SHARE ROW EXCLUSIVE MODE")  # two admins take turns
        row = CategoryDiscount.get_or_none(CategoryDiscount.category == category)
        before = {"percent": row.percent, "amount": row.amount} if row else None
        CategoryDiscount.delete().where(CategoryDiscount.category == category).execute()
        after = {"percent": new.percent, "amount": new.amount} if new != Discount() else None
        if after:
            CategoryDiscount.insert(category=category, **after).execute()
        audit.record("category.discounted", f"category:{category}", before=before, after=after)
        return category


def discount_of(category: str | None) -> Discount:
    row = CategoryDiscount.get_or_none(CategoryDiscount.category == category) if category else None
    return Discount(row.percent, row.amount) if row else Discount()


def _category(named: str) -> str:
    """One that products have, or a discount that was forgotten there."""
    same = fn.LOWER(Product.category) == named.lower()
    product = products.on_sale().where(same).order_by(Product.category != named, Product.category).first()
    if product:
        return str(product.category)
    row = CategoryDiscount.get_or_none(fn.LOWER(CategoryDiscount.category) == named.lower())
    if row is None:
        raise Unknown("category", named)
    return str(row.category)

"""What is on sale: how much is left of it, and how much went. Goods are never shown."""

from __future__ import annotations

from peewee import ModelSelect

from app import money
from app.catalogue import products
from app.ops.page import views
from app.ops.page.http import Answer, Ask
from app.texts.ops import products as texts
from models import Product

SHOWN = 50
MOST_NUMBER = 2**31 - 1


def show(ask: Ask) -> Answer:
    chosen = ask.query.get("list", "all")
    chosen = chosen if chosen in texts.NAMES else "all"
    rows = _after(_sold_out() if chosen == "out" else products.on_sale(), ask.query.get("after", ""))
    more = len(rows) > SHOWN
    return views.page(
        "products.html",
        t=texts,
        lists=texts.NAMES,
        chosen=chosen,
        rows=rows[:SHOWN],
        next=f"/ops/products?list={chosen}&after={rows[SHOWN - 1].id}" if more else None,
    )


def _sold_out() -> ModelSelect[Product]:
    return products.on_sale().where(Product.available == 0, Product.shared_content.is_null())


def _after(found: ModelSelect[Product], number: str) -> list[Product]:
    """By their numbers, as people know them."""
    past = money.whole(number, MOST_NUMBER) or 0
    return list(found.where(Product.id > past).order_by(Product.id).limit(SHOWN + 1))

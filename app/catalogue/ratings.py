"""How many stars buyers have given a product, kept on its row. Who gave them: app/sales/testimonials.py."""

from __future__ import annotations

from models import Product

#: Fewer say nothing of a product yet, and too much of who gave them.
ENOUGH = 5


def count(product_id: int, stars: int) -> None:
    """One more buyer has given it so many."""
    _add(product_id, 1, stars)


def discount(product_id: int, stars: int) -> None:
    """What one buyer gave counts no more."""
    _add(product_id, -1, -stars)


def average(product: Product) -> float | None:
    """None as long as too few have rated it."""
    return product.stars / product.ratings if product.ratings >= ENOUGH else None


def _add(product_id: int, ratings: int, stars: int) -> None:
    changes = {"ratings": Product.ratings + ratings, "stars": Product.stars + stars}
    Product.update(changes).where(Product.id == product_id).execute()

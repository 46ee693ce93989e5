"""Fills the shop for a test, through the services that staff use."""

from __future__ import annotations

from collections.abc import Sequence

from app.catalogue import products
from app.catalogue import stock as shelves
from app.infra import transactions
from app.people import users
from models import Product


class Shop:
    """What staff did before the test began."""

    def sells(
        self,
        name: str,
        *,
        price: int = 25_000,
        stock: Sequence[str] = (),
        number: int | None = None,
        category: str | None = None,
        description: str = "",
    ) -> Product:
        """A product with its goods, one string an item. Its number is the smallest free one if not given."""
        product = products.add(name, price, number=number, category=category, description=description)
        self.gets(product, *stock)
        return products.get(product.id)

    def gets(self, product: Product, *lines: str) -> None:
        """More goods for a product."""
        shelves.add(product.id, lines)

    def knows(self, person_id: int, name: str, username: str | None = None) -> None:
        """A person who wrote to the bot some time ago."""
        with transactions.atomic():
            users.meet(person_id, name, username)

"""Products and their prices: what can be bought, and for how much by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from peewee import ModelSelect, fn

from app import audit
from app.catalogue import prices
from app.catalogue.prices import Bill, Discount, Offer
from app.errors import NumberTaken, OtherProduct, Unknown
from app.infra import transactions
from app.infra.prepared import GIVEN, Prepared
from models import CategoryDiscount, Product, User, db, utcnow

#: Columns whose changes the audit tells; a new product has no more than the first four.
TOLD = (
    "name", "category", "price", "description", "reseller_price", "discount_percent", "discount_amount",
    "photo", "sold_offset", "warranty_days", "slots",
)  # fmt: skip


#: Marks of products are below this, since buttons have little room: one in so many reuses goes unnoticed.
MARKS = 10_000


def on_sale() -> ModelSelect[Product]:
    """Every product that is not retired, by number; callers refine."""
    return Product.select().where(Product.retired_at.is_null()).order_by(Product.id)


_ON_SALE = Prepared(on_sale().where(Product.id == GIVEN))
_DISCOUNTS = Prepared(CategoryDiscount.select().where(CategoryDiscount.category == fn.ANY(GIVEN)))


def in_stock() -> ModelSelect[Product]:
    """What can be bought now: the index product_in_stock has exactly these."""
    has_goods = (Product.available > 0) | Product.shared_kind.is_null(False)
    return on_sale().where(has_goods, Product.locked_at.is_null())


def get(product_id: int) -> Product:
    """Raises Unknown when there is none, or it is retired."""
    product = _ON_SALE.first(product_id) if 0 < product_id < 2**31 else None
    if product is None:
        raise Unknown("product", product_id)
    return product


def names(product_ids: Iterable[int | None]) -> dict[int, str]:
    """Also of what is not sold any more."""
    wanted = {each for each in product_ids if each is not None}
    if not wanted:
        return {}
    return {
        each.id: each.name for each in Product.select(Product.id, Product.name).where(Product.id.in_(wanted))
    }


def exists(product_id: int) -> bool:
    return 0 < product_id < 2**31 and bool(on_sale().where(Product.id == product_id).exists())


def mark(product: Product) -> int:
    """Tells a product from the next one that gets its number, or its row under another name."""
    return crc32(f"{product.created_at.timestamp()} {product.name}".encode()) % (MARKS - 1) + 1


def must_be(product: Product, seen: int) -> None:
    """`seen` is the mark of the product that somebody saw; 0 where nobody noted it. Raises OtherProduct."""
    if seen and seen != mark(product):
        raise OtherProduct(product.id, product.name)


def categories() -> list[tuple[str | None, int]]:
    """Names with how many products each has; the nameless one last."""
    rows = (
        Product.select(Product.category, fn.COUNT(Product.id).alias("products"))
        .where(Product.retired_at.is_null())
        .group_by(Product.category)
        .order_by(Product.category.asc(nulls="LAST"))
    )
    return list(rows.tuples())  # type: ignore[arg-type]


def in_category(category: str | None) -> ModelSelect[Product]:
    matches = Product.category.is_null() if category is None else Product.category == category
    return on_sale().where(matches)


def best_sellers() -> ModelSelect[Product]:
    """What was sold at least once, most units first."""
    sold = Product.sold + Product.sold_offset
    return on_sale().where(sold > 0).order_by(sold.desc(), Product.id)


def sold(product: Product) -> int:
    """Units sold as people are told: staff may set it, and what is sold from then on is added."""
    return int(product.sold + product.sold_offset)


def offers(products: Sequence[Product], person: User) -> list[Offer]:
    """What one of each costs this person now, in one query. The only place where prices are decided."""
    named = {product.category for product in products if product.category}
    rows = _DISCOUNTS.all(sorted(named)) if named else ()
    of_category = {row.category: Discount(row.percent, row.amount) for row in rows}
    return [_offer(product, person, of_category.get(product.category or "")) for product in products]


def offer_for(product: Product, person: User) -> Offer:
    return offers([product], person)[0]


def bill_for(product: Product, person: User, quantity: int) -> Bill:
    return Bill(offer_for(product, person), quantity)


def _offer(product: Product, person: User, of_category: Discount | None) -> Offer:
    own = Discount(product.discount_percent, product.discount_amount)
    reseller_price = product.reseller_price if person.is_reseller else None
    return prices.offer(product.price, reseller_price, [own, of_category or own])


def sales() -> int:
    """Items sold in all, from the products' counters."""
    return int(Product.select(fn.COALESCE(fn.SUM(Product.sold + Product.sold_offset), 0)).scalar())


def add(
    name: str, price: int, *, number: int | None = None, category: str | None = None, description: str = ""
) -> Product:
    """A new product; without `number` it gets the smallest free one.

    Raises NumberTaken, also for a retired product's number: its history keeps its meaning.
    """
    with transactions.atomic():
        number = number or smallest_free()
        rows = (
            Product.insert(id=number, name=name, price=price, category=category, description=description)
            .on_conflict_ignore()
            .returning(Product)
        )
        product: Product | None = next(iter(rows.execute()), None)
        if product is None:
            raise NumberTaken(number, smallest_free())
        audit.record(
            "product.added", f"product:{number}",
            name=name, price=price, category=category, description=description,
        )  # fmt: skip
        return product


def retire(product_id: int) -> Product:
    """Take it off the shelf; orders and unsold goods stay. Raises Unknown."""
    return _retire(product_id, utcnow(), "product.retired")


def retired(product_id: int) -> Product | None:
    """The retired product of this number, if there is one."""
    product: Product | None = Product.get_or_none(Product.id == product_id, Product.retired_at.is_null(False))
    return product


def bring_back(product_id: int) -> Product:
    """On sale again, as it was, with its goods and its history. Raises Unknown."""
    return _retire(product_id, None, "product.returned")


def _retire(product_id: int, at: datetime | None, action: str) -> Product:
    with transactions.atomic():
        rows = (
            Product.update(retired_at=at)
            .where(Product.id == product_id, Product.retired_at.is_null(at is not None))
            .returning(Product)
        )
        product: Product | None = next(iter(rows.execute()), None)
        if product is None:
            raise Unknown("product", product_id)
        audit.record(action, f"product:{product_id}", name=product.name)
        return product


def running_out(low: int) -> tuple[int, int]:
    """How many products on sale are sold out, and how many more have `low` or fewer left.

    What is one file for every buyer never runs out.
    """
    is_finite = Product.shared_kind.is_null()
    sold_out, few = Product.available == 0, (Product.available > 0) & (Product.available <= low)
    counts = Product.select(fn.COUNT(Product.id).filter(sold_out), fn.COUNT(Product.id).filter(few))
    row: Any = counts.where(Product.retired_at.is_null(), is_finite).tuples().get()
    return int(row[0]), int(row[1])


def smallest_free() -> int:
    """The smallest number that no product has or had."""
    row = db.execute_sql(
        "SELECT min(n) FROM (SELECT 1 AS n UNION ALL SELECT id + 1 FROM product) AS candidate "
        "WHERE NOT EXISTS (SELECT 1 FROM product WHERE id = n)"
    ).fetchone()
    return int(row[0])

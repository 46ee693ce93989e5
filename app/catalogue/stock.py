"""Goods: kept encrypted, counted on the product, moved between available, reserved and sold.

Every change takes the product's row first, by changing its counter. That makes buyers of one product
take turns, so nobody sees "out of stock" while another's reservation may still roll back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import structlog
from peewee import SQL, ModelSelect

from app import audit
from app.catalogue import slots, waitlist
from app.errors import Endless, GoodsLocked, Locked, OutOfStock, ShareOnly, Unknown
from app.infra import crypto, fingerprints, transactions
from app.people import trust
from models import Order, Product, StockItem, db, utcnow

log = structlog.get_logger()

#: More than anybody can buy: what is left of a file that is sold to many.
ENDLESS = 2**31 - 1

_BATCH = 500

_SUM = """
SELECT count(*), coalesce(sum({mark}), 0) FROM stock_item WHERE product_id = %s AND fingerprint IS NOT NULL
"""

#: What an item is, but for its words, as a number in SQL: audit events tell the sums of what came, went and
#: was handed over. It never changes: `ops keys rotate` writes only the words anew.
MARK = """('x' || left(md5(concat(
    id, ':', kind, ':', batch_id, ':', slot, ':', encode(account, 'hex'), ':', encode(fingerprint, 'hex')
)), 15))::bit(60)::bigint"""

Row = dict[str, Any]
Some = TypeVar("Some")


@dataclass(frozen=True)
class Good:
    """One thing to sell; equal marks are the same thing."""

    kind: str
    content: str
    mark: str


@dataclass(frozen=True)
class Held:
    """A good that belongs to an order. One that replaces another has a `part` of its own (Claim.part); what
    was replaced `is_faulty`."""

    id: int
    kind: str
    encrypted: bytes
    part: int | None = None
    is_faulty: bool = False

    @property
    def content(self) -> str:
        """Raises Locked: what has been delivered, or replaced, need not be opened any more."""
        return crypto.decrypt(self.encrypted)


def add(product_id: int, lines: Iterable[str], batch_id: int | None = None) -> int:
    """Put a line each on the shelf, as one item or as all its slots; how many lines that were.

    Those that the product ever had are left out. Raises Unknown; Endless for a file that is sold to many.
    """
    wanted = [line.strip() for line in lines]
    return _shelve(product_id, [Good(StockItem.TEXT, line, line) for line in wanted if line], batch_id)


def had(product_id: int, lines: Iterable[str]) -> int:
    """How many of these lines, each counted once, the product has or ever had: `add` would leave them out."""
    key = fingerprints.key()
    marks = [crypto.fingerprint(key, line) for line in {line.strip() for line in lines}]
    return len(slots.known(product_id, marks))


def add_file(product_id: int, kind: str, file_id: str, unique_id: str) -> int:
    """Put a document or sticker on the shelf: what Telegram sends by `file_id`. Raises as `add`.

    `unique_id` stays when the file is sent again; the mark made of it is like no line of text.
    """
    return _shelve(product_id, [Good(kind, file_id, f"\0{kind}:{unique_id or file_id}")])


def _shelve(product_id: int, goods: list[Good], batch_id: int | None = None) -> int:
    shared_by = slots.of(product_id)
    wanted = _lines(goods, shared_by, batch_id)  # encrypted before the product is locked: buyers wait for it
    with transactions.atomic():
        before = open_shelf(product_id)
        if before.slots != shared_by:
            wanted = _lines(goods, before.slots, batch_id)
        steps = [_insert(product_id, some) for some in _batches(wanted)]
        marks = [mark for _, marked in steps for mark in marked]
        added = len(marks)
        if added:
            Product.update(available=Product.available + added).where(Product.id == product_id).execute()
            counted = {"before": before.available, "after": before.available + added}
            batch = {"batch": batch_id} if batch_id else {}
            audit.record(
                "stock.added", f"product:{product_id}", count=added, sum=sum(marks), **counted, **batch
            )
            waitlist.notify(product_id)
    return sum(lines for lines, _ in steps)


def open_shelf(product_id: int) -> Product:
    """The product, locked, if it takes goods of its own. Raises as `add`."""
    product = lock_product(product_id)
    if product.shared_kind:
        raise Endless
    return product


def left(product: Product) -> int:
    """How many can be bought now; ENDLESS for a file that is sold to many."""
    if product.locked_at:
        return 0
    return ENDLESS if product.shared_kind else int(product.available)


def reserve(product_id: int, quantity: int, order_id: int, *, share_only: bool = False) -> None:
    """Set `quantity` items aside for the order, oldest first; of a file that is sold to many, copies.

    Slots are of as many accounts as there are, and of those that the buyer has least of.

    `share_only`: for somebody who may hold only a share of what is left (see app/people/trust.py); that is
    judged under the product's lock. Raises OutOfStock, ShareOnly, GoodsLocked, changing nothing.
    """
    with db.atomic():
        _reserve(product_id, quantity, order_id, share_only=share_only)


def _reserve(product_id: int, quantity: int, order_id: int, *, share_only: bool) -> None:
    enough: list[Any] = [Product.available >= quantity]
    if share_only:
        enough.append(trust.share_of_product() >= quantity)
    counted = (
        Product.update(available=Product.available - quantity)
        .where(Product.id == product_id, Product.shared_kind.is_null(), *enough)
        .returning(Product)
        .execute()
    )
    product: Product | None = next(iter(counted), None)
    if product:
        _must_open(product_id, _set_aside(product, quantity, order_id))
        waitlist.alert_if_low(product, before=product.available + quantity)
    elif copies := _copy(product_id, quantity, order_id):
        _must_open(product_id, copies[:1])
    else:
        there: int = Product.select(Product.available).where(Product.id == product_id).scalar() or 0
        raise (
            ShareOnly(product_id, trust.share(there)) if quantity <= there else OutOfStock(product_id, there)
        )


def _must_open(product_id: int, contents: list[bytes]) -> None:
    """Nobody pays for what could not be handed over. Raises GoodsLocked."""
    try:
        for content in contents:
            crypto.decrypt(content)
    except Locked:
        log.error("goods cannot be opened: check STOCK_ENCRYPTION_KEY", product=product_id)
        raise GoodsLocked(product_id) from None


def _set_aside(product: Product, quantity: int, order_id: int) -> list[bytes]:
    if product.slots > 1:
        moved = slots.set_aside(product, quantity, order_id)
    else:
        rows = db.execute_sql(
            "UPDATE stock_item SET state = 'reserved', order_id = %s WHERE id IN "
            "(SELECT id FROM stock_item WHERE product_id = %s AND state = 'available' ORDER BY id LIMIT %s) "
            "RETURNING content",
            (order_id, product.id, quantity),
        )
        moved = [content for (content,) in rows.fetchall()]
    if len(moved) != quantity:
        raise RuntimeError(f"product {product.id} counts items that are not there")
    return moved


def _copy(product_id: int, quantity: int, order_id: int) -> list[bytes]:
    """Copies have no fingerprint: that tells them from goods of their own. They are never available."""
    copied = db.execute_sql(
        "INSERT INTO stock_item (product_id, kind, content, state, order_id, added_at) "
        "SELECT id, shared_kind, shared_content, 'reserved', %s, %s FROM product, generate_series(1, %s) "
        "WHERE id = %s AND shared_kind IS NOT NULL RETURNING content",
        (order_id, utcnow(), quantity, product_id),
    ).fetchall()
    return [content for (content,) in copied]


def release(order: Order) -> int:
    """Put the order's reserved items back; returns how many. Copies of a file just go."""
    reserved = _items(order).where(StockItem.state == StockItem.RESERVED)
    back: int = reserved.where(StockItem.fingerprint.is_null(False)).count()
    if back:
        Product.update(available=Product.available + back).where(Product.id == order.product_id).execute()
    copies: int = _delete_copies(order)
    if back and order.product_id:
        _move_reserved(order, {"state": StockItem.AVAILABLE, "order": None})
        waitlist.notify(order.product_id)
    return back + copies


def sell(order: Order) -> int:
    """The order's reserved items have reached the buyer; the sum of their marks."""
    reserved = _items(order).where(StockItem.state == StockItem.RESERVED).count()
    Product.update(sold=Product.sold + reserved).where(Product.id == order.product_id).execute()
    return _move_reserved(order, {"state": StockItem.SOLD})


def of_order(order: Order) -> list[Held]:
    """The goods of an order, always in the same order."""
    rows = db.execute_sql(
        "SELECT i.id, i.kind, i.content, i.state = 'faulty', c.part FROM stock_item i "
        "LEFT JOIN claim c ON c.replacement_id = i.id WHERE i.order_id = %s ORDER BY i.id",
        (order.id,),
    )
    return [Held(id_, kind, content, part, faulty) for id_, kind, content, faulty, part in rows.fetchall()]


def _items(order: Order) -> ModelSelect[StockItem]:
    return StockItem.select().where(StockItem.order == order.id)


def _delete_copies(order: Order) -> int:
    mine = (StockItem.order == order.id, StockItem.state == StockItem.RESERVED)
    return int(StockItem.delete().where(*mine, StockItem.fingerprint.is_null()).execute())


def _move_reserved(order: Order, changes: dict[str, object]) -> int:
    """The sum of their marks."""
    moved = StockItem.update(changes).where(
        StockItem.order == order.id, StockItem.state == StockItem.RESERVED
    )
    return sum(marks_of(moved))


def marks_of_product(product_id: int) -> tuple[int, int]:
    """How many items it has of its own, sold ones too, and the sum of their marks."""
    count, marks = db.execute_sql(_SUM.replace("{mark}", MARK), (product_id,)).fetchone()
    return count, int(marks)


def marks_of(change: Any) -> list[int]:
    """Of the items that this inserts, changes or deletes."""
    return [mark for (mark,) in change.returning(SQL(MARK)).tuples().execute()]


def lock_product(product_id: int, how: Any = transactions.LOCK) -> Product:
    """The row of a product on sale, locked. Raises Unknown."""
    product: Product | None = (
        Product.select().where(Product.id == product_id, Product.retired_at.is_null()).for_update(how).first()
    )
    if product is None:
        raise Unknown("product", product_id)
    return product


def _lines(goods: list[Good], shared_by: int, batch_id: int | None) -> list[list[Row]]:
    """The items that each good becomes; files are never split."""
    key, now = fingerprints.key(), utcnow()
    common = {"state": StockItem.AVAILABLE, "batch_id": batch_id, "added_at": now}
    return [
        [
            row | common | {"kind": good.kind}
            for row in (
                slots.split(key, good.content, shared_by)
                if shared_by > 1 and good.kind == StockItem.TEXT
                else [_whole(key, good)]
            )
        ]
        for good in dict.fromkeys(goods)
    ]


def _whole(key: bytes, good: Good) -> Row:
    content, mark = crypto.encrypt(good.content), crypto.fingerprint(key, good.mark)
    return {"content": content, "fingerprint": mark, "account": None, "slot": None}


def _insert(product_id: int, lines: list[list[Row]]) -> tuple[int, list[int]]:
    """Those that the product never had, sold ones too: how many lines, and the marks of their items.

    The caller holds its lock: nobody else adds any.
    """
    known = slots.known(product_id, [line[0]["fingerprint"] for line in lines])
    fresh = [line for line in lines if line[0]["fingerprint"] not in known]
    marks: list[int] = []
    for rows in _batches([row | {"product": product_id} for line in fresh for row in line]):
        marks += marks_of(StockItem.insert_many(rows))
    return len(fresh), marks


def _batches(rows: list[Some]) -> Iterator[list[Some]]:
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch

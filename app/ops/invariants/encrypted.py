"""Invariants 2, 4 and 5, about what is encrypted: the keys open it, and it is what was put there."""

from __future__ import annotations

from collections.abc import Iterator

from peewee import DataError, fn

from app.infra import crypto, fingerprints
from app.ops.invariants.breach import Breach, find, trail_is_whole
from app.sales import history
from models import AuditEvent, Product, StockItem, Voucher, db


def goods_can_be_opened() -> Iterator[Breach]:
    """Of every product its oldest and newest unsold item and its file, and all that paid orders wait for."""
    rows = db.execute_sql(
        """
        SELECT 'product ' || p.id, 'its goods', i.content
        FROM product p
        CROSS JOIN LATERAL (
            (SELECT content FROM stock_item
             WHERE product_id = p.id AND state = 'available' ORDER BY id LIMIT 1)
            UNION ALL
            (SELECT content FROM stock_item
             WHERE product_id = p.id AND state = 'available' ORDER BY id DESC LIMIT 1)
            UNION ALL
            SELECT p.shared_content WHERE p.shared_kind IS NOT NULL
        ) i
        UNION ALL
        SELECT o.invoice, 'what was paid for', s.content
        FROM "order" o
        JOIN stock_item s ON s.order_id = o.id
        WHERE o.state = 'paid'
        """
    )
    locked = {(subject, what) for subject, what, content in rows.fetchall() if not crypto.opens(content)}
    for subject, what in sorted(locked):
        yield Breach(5, subject, f"none of the keys in STOCK_ENCRYPTION_KEY opens {what}")


def goods_can_be_read() -> Iterator[Breach]:
    """What Fernet makes ends with a signature, an HMAC-SHA256; PostgreSQL computes it where the goods are.

    It is not told what may be text in base64 and what not before it has to be: looking takes longer.
    """
    pads = crypto.signing_pads()
    named = {f"inner_{n}": inner for n, (inner, _) in enumerate(pads)}
    named |= {f"outer_{n}": outer for n, (_, outer) in enumerate(pads)}
    query = _UNREADABLE.replace("{signatures}", ", ".join(_signature(n) for n in range(len(pads))))
    try:
        with db.atomic():
            found = list(find(2, _CANNOT, query.replace("{is_base64}", "true"), named))
    except DataError:
        found = list(find(2, _CANNOT, query.replace("{is_base64}", _IS_BASE64), named))
    yield from found


_CANNOT = "none of the keys can read item {}, which is {}"


_UNREADABLE = """
    SELECT 'product ' || product_id, id, state
    FROM (
        SELECT id, product_id, state, CASE WHEN {is_base64} THEN
            decode(replace(replace(encode(content, 'escape'), '-', '+'), '_', '/'), 'base64') END AS token
        FROM stock_item
        OFFSET 0
    ) AS items
    WHERE (length(token) >= 73 AND substring(token FROM length(token) - 31) IN ({signatures})) IS NOT TRUE
    ORDER BY product_id, id
"""


_IS_BASE64 = "length(content) %% 4 = 0 AND encode(content, 'escape') ~ '^[A-Za-z0-9_-]+={0,2}$'"


def _signature(number: int) -> str:
    signed = "substring(token FROM 1 FOR length(token) - 32)"
    return f"sha256(%(outer_{number})s || sha256(%(inner_{number})s || {signed}))"


def shared_files_are_what_was_told() -> Iterator[Breach]:
    """Whatever they are: the last event that tells their mark tells of the file that is there."""
    for product in Product.select().where(Product.shared_content.is_null(False)).order_by(Product.id):
        told = (
            AuditEvent.select(AuditEvent.data)
            .where(
                AuditEvent.entity == f"product:{product.id}",
                AuditEvent.action.in_(["stock.shared", "product.renumbered"]),
                fn.jsonb_exists(AuditEvent.data, "mark"),
                AuditEvent.id > fingerprints.known_since(),
            )
            .order_by(AuditEvent.id.desc())
            .first()
        )
        content = bytes(product.shared_content or b"")
        if not crypto.opens(content):
            yield Breach(2, f"product {product.id}", "none of the keys can read its file for every buyer")
        elif (
            told
            and trail_is_whole.get()
            and fingerprints.is_readable()
            and told.data["mark"] != fingerprints.of(crypto.decrypt(content))
        ):
            yield Breach(6, f"product {product.id}", "its file for every buyer is another than was put there")


def the_key_of_the_marks_can_be_read() -> Iterator[Breach]:
    """Without it duplicates are sold, and nothing tells a voucher from a forged one."""
    used = (
        StockItem.select().where(StockItem.fingerprint.is_null(False)).exists() or Voucher.select().exists()
    )
    if used and not fingerprints.is_readable():
        yield Breach(2, f"setting {fingerprints.KEY}", "is gone, or none of the keys can read it")


def dead_letters_can_be_read() -> Iterator[Breach]:
    for letter_id in history.unreadable():
        yield Breach(4, f"dead job {letter_id}", "none of the keys can read its arguments")


CHECKS = (
    goods_can_be_opened,
    goods_can_be_read,
    shared_files_are_what_was_told,
    the_key_of_the_marks_can_be_read,
    dead_letters_can_be_read,
)

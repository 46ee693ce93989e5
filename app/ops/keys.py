"""`keys rotate`: put everything that is encrypted under the first key of STOCK_ENCRYPTION_KEY.

1. Put the new key first, keep the old one behind it, restart every process, the workers before `web`.
2. Rotate: harmless to repeat, safe while the shop is open.
3. Take the old key away.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable

from app import audit
from app.catalogue import stock_key
from app.errors import Locked
from app.infra import crypto, transactions
from app.infra.queue import sealing
from app.ops import console
from models import Broadcast, DeadLetter, Outbox, Product, StockBatch, StockItem, db

BATCH = 500

#: A row whose content was changed meanwhile is left alone: whoever changed it used the first key.
_WRITE_ITEMS = """
UPDATE stock_item SET content = fresh.content
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS fresh (id, old, content)
WHERE stock_item.id = fresh.id AND stock_item.content = fresh.old
"""
_WRITE_SHARED = """
UPDATE product SET shared_content = fresh.content
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS fresh (id, old, content)
WHERE product.id = fresh.id AND product.shared_content = fresh.old
"""
_WRITE_BATCHES = """
UPDATE stock_batch SET content = fresh.content
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS fresh (id, old, content)
WHERE stock_batch.id = fresh.id AND stock_batch.content = fresh.old
"""
_WRITE_LETTERS = """
UPDATE dead_letter SET args = fresh.args
FROM unnest(%s::text[], %s::bytea[], %s::bytea[]) AS fresh (id, old, args)
WHERE dead_letter.id = fresh.id AND dead_letter.args = fresh.old
"""

Encrypted = tuple[int | str, bytes]


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("keys", help="change the key that goods are encrypted with")
    actions = parser.add_subparsers(required=True, metavar="action")
    rotate = actions.add_parser("rotate", help="encrypt everything again with the first key")
    rotate.set_defaults(run=run)
    abandon = actions.add_parser("abandon", help="the key is lost for good: go on with the one there is")
    abandon.add_argument("--yes", action="store_true", required=True, help="what it encrypted stays lost")
    abandon.set_defaults(run=abandon_)


def run(_args: argparse.Namespace) -> int:
    lost: list[str] = []
    items = _each(_items, _WRITE_ITEMS, 0, "stock item", lost)
    items += _each(_shared, _WRITE_SHARED, 0, "file of product", lost)
    items += _each(_batches, _WRITE_BATCHES, 0, "goods of batch", lost)
    letters = _each(_letters, _WRITE_LETTERS, "", "dead job", lost)
    _promises(lost)
    _broadcasts(lost)
    stock_key.rotate()
    with transactions.atomic():
        audit.record("keys.rotated", "shop", items=items, dead_jobs=letters, unreadable=len(lost))
    print(f"encrypted {items} items and {letters} dead jobs with the first key")
    for subject in lost:
        print(f"error: {subject}: none of the keys can read it", file=sys.stderr)
    return 2 if lost else 0


def abandon_(_args: argparse.Namespace) -> int:
    """Goods that no key opens stay where they are, and are refused when somebody wants to buy them."""
    stock_key.renew()
    print("the shop goes on with the first key; `verify` names the products whose goods are lost")
    return 0


def _each(
    read: Callable[[int | str], Iterable[Encrypted]], write: str, start: int | str, kind: str, lost: list[str]
) -> int:
    """Batch by batch in the order of ids, each its own short transaction; how many were encrypted."""
    done, after = 0, start
    while batch := list(read(after)):
        fresh = [(id_, old, new) for id_, old in batch if (new := _rotated(old))]
        readable = {id_ for id_, _, _ in fresh}
        lost += [f"{kind} {id_}" for id_, _ in batch if id_ not in readable]
        if fresh:
            db.execute_sql(write, [list(column) for column in zip(*fresh, strict=True)])
        done, after = done + len(fresh), batch[-1][0]
    return done


def _items(after: int | str) -> Iterable[Encrypted]:
    rows = StockItem.select(StockItem.id, StockItem.content).where(StockItem.id > after)
    return [(row.id, bytes(row.content)) for row in rows.order_by(StockItem.id).limit(BATCH)]


def _shared(after: int | str) -> Iterable[Encrypted]:
    rows = Product.select(Product.id, Product.shared_content).where(Product.id > after)
    rows = rows.where(Product.shared_content.is_null(False)).order_by(Product.id).limit(BATCH)
    return [(row.id, bytes(row.shared_content or b"")) for row in rows]


def _batches(after: int | str) -> Iterable[Encrypted]:
    """One at a time: each may be megabytes."""
    rows = StockBatch.select(StockBatch.id, StockBatch.content).where(StockBatch.id > after)
    rows = rows.where(StockBatch.content.is_null(False)).order_by(StockBatch.id).limit(1)
    return [(row.id, bytes(row.content or b"")) for row in rows]


def _letters(after: int | str) -> Iterable[Encrypted]:
    rows = DeadLetter.select(DeadLetter.id, DeadLetter.args).where(DeadLetter.id > after)
    return [(row.id, bytes(row.args)) for row in rows.order_by(DeadLetter.id).limit(BATCH)]


def _rotated(token: bytes) -> bytes | None:
    try:
        return crypto.rotate(token)
    except Locked:
        return None


def _promises(lost: list[str]) -> None:
    """Jobs that wait. Those that end meanwhile are gone."""
    for row in Outbox.select(Outbox.id, Outbox.args):
        try:
            fresh = sealing.rotate(row.args)
        except Locked:
            lost.append(f"job {row.id}")
        else:
            Outbox.update(args=fresh).where(Outbox.id == row.id).execute()


def _broadcasts(lost: list[str]) -> None:
    for row in Broadcast.select(Broadcast.id, Broadcast.text).where(Broadcast.text.startswith("gAAAAA")):
        if token := _rotated((row.text or "").encode()):
            Broadcast.update(text=token.decode()).where(Broadcast.id == row.id).execute()
        else:
            lost.append(f"broadcast {row.id}")

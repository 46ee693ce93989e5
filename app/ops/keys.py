"""`keys rotate`: put everything that is encrypted under the first key of STOCK_ENCRYPTION_KEY.

1. Put the new key first, keep the old one behind it, restart every process, the workers before `web`.
2. Rotate: harmless to repeat, safe while the shop is open.
3. Take the old key away.
"""

from __future__ import annotations

import argparse
import sys

from app import audit
from app.catalogue import stock_key
from app.errors import Locked
from app.infra import crypto, transactions
from app.infra.queue import sealing
from app.ops import console
from models import Broadcast, Outbox, db

BATCH = 500

#: Kind, table, its key and that key's type, the encrypted column, and how many at a time: a batch may be
#: megabytes.
_ENCRYPTED = (
    ("stock item", "stock_item", "bigint", "content", BATCH),
    ("file of product", "product", "bigint", "shared_content", BATCH),
    ("goods of batch", "stock_batch", "bigint", "content", 1),
    ("claim", "claim", "bigint", "complaint", BATCH),
    ("dead job", "dead_letter", "text", "args", BATCH),
)
_READ = """
SELECT id, {column} FROM {table}
WHERE (%s::{type} IS NULL OR id > %s::{type}) AND {column} IS NOT NULL
ORDER BY id
LIMIT %s
"""
#: A row whose content was changed meanwhile is left alone: whoever changed it used the first key.
_WRITE = """
UPDATE {table} SET {column} = fresh.content
FROM unnest(%s::{type}[], %s::bytea[], %s::bytea[]) AS fresh (id, old, content)
WHERE {table}.id = fresh.id AND {table}.{column} = fresh.old
"""


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
    *items, letters = [_rotate_all(*column, lost) for column in _ENCRYPTED]
    _promises(lost)
    _broadcasts(lost)
    stock_key.rotate()
    with transactions.atomic():
        audit.record("keys.rotated", "shop", items=sum(items), dead_jobs=letters, unreadable=len(lost))
    print(f"encrypted {sum(items)} items and {letters} dead jobs with the first key")
    for subject in lost:
        print(f"error: {subject}: none of the keys can read it", file=sys.stderr)
    return 2 if lost else 0


def abandon_(_args: argparse.Namespace) -> int:
    """Goods that no key opens stay where they are, and are refused when somebody wants to buy them."""
    stock_key.renew()
    print("the shop goes on with the first key; `verify` names the products whose goods are lost")
    return 0


def _rotate_all(kind: str, table: str, type_: str, column: str, most: int, lost: list[str]) -> int:
    """Batch by batch in the order of ids, each its own short transaction; how many were encrypted."""
    names = {"table": table, "type": type_, "column": column}
    read, write = _READ.format(**names), _WRITE.format(**names)
    done, after = 0, None
    while batch := db.execute_sql(read, (after, after, most)).fetchall():
        fresh = [(id_, old, new) for id_, old in batch if (new := _rotated(bytes(old)))]
        readable = {id_ for id_, _, _ in fresh}
        lost += [f"{kind} {id_}" for id_, _ in batch if id_ not in readable]
        if fresh:
            db.execute_sql(write, [list(each) for each in zip(*fresh, strict=True)])
        done, after = done + len(fresh), batch[-1][0]
    return done


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
    for column in (Broadcast.text, Broadcast.translations):
        for row in Broadcast.select(Broadcast.id, column).where(column != ""):
            if token := _rotated((getattr(row, column.name) or "").encode()):
                Broadcast.update({column: token.decode()}).where(Broadcast.id == row.id).execute()
            else:
                lost.append(f"broadcast {row.id}")

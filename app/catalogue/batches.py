"""Text goods that are handed in together: asked about when they are many, added step by step, taken back.

    asked → adding → done → undone
      ↓       ↓
      dropped

Every step is a short transaction of its own: buyers of the product are not held up, and a job that was killed
goes on where the last one ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from app import audit
from app.catalogue import slots, stock, stockroom
from app.errors import Unknown
from app.infra import crypto, fingerprints, transactions
from app.infra.queue import lanes, outbox
from models import StockBatch, utcnow

#: Goods of one transaction, which holds the product for a fraction of a second; a line may be many slots.
STEP = 2_000

#: Nobody has answered: the goods are not kept for ever.
_ANSWERED_WITHIN = timedelta(days=1)
#: So long goods can be taken back together.
KEPT = timedelta(days=60)

_MOVES = {
    StockBatch.ADDING: {StockBatch.ASKED},
    StockBatch.DROPPED: {StockBatch.ASKED, StockBatch.ADDING},
    StockBatch.UNDONE: {StockBatch.DONE},
}


@dataclass(frozen=True)
class Origin:
    """Who handed goods in, by which update, and where they are told."""

    admin_id: int
    chat_id: int
    update_id: int | None = None
    thread_id: int | None = None


def get(batch_id: int) -> StockBatch:
    """Raises Unknown."""
    batch: StockBatch | None = StockBatch.get_or_none(StockBatch.id == batch_id)
    if batch is None:
        raise Unknown("batch")
    return batch


def ask(product_id: int, lines: Sequence[str], origin: Origin, *, with_heading: bool = False) -> StockBatch:
    """Keep the goods until somebody says that they shall be added. Raises Unknown, Endless."""
    with transactions.atomic():
        batch, is_new = _open(product_id, lines, origin, state=StockBatch.ASKED, with_heading=with_heading)
        if is_new:
            _tell(batch, lines)
        return batch


def begin(product_id: int, lines: Sequence[str], origin: Origin, *, with_heading: bool = False) -> StockBatch:
    """Add them, in a job. Raises as `ask`."""
    with transactions.atomic():
        batch, is_new = _open(product_id, lines, origin, state=StockBatch.ADDING, with_heading=with_heading)
        if is_new:
            _tell(batch, lines)
            _promise(batch.id)
        return batch


def add(product_id: int, lines: Sequence[str], origin: Origin) -> StockBatch:
    """Add a few right here; should they be more than one step by now, the rest in a job. Raises as `ask`."""
    with transactions.atomic():
        batch, is_new = _open(product_id, lines, origin, state=StockBatch.ADDING)
        if is_new:
            batch = step(batch, lines)
        if is_new and batch.state == StockBatch.ADDING:
            _promise(batch.id)
        return batch


def promise_file(product_id: int, file_id: str, file_name: str, origin: Origin) -> None:
    """Have a file of goods read, and told what was in it."""
    where = (origin.chat_id, origin.admin_id, product_id)
    with transactions.atomic():
        outbox.add("add_stock_file", *where, file_id, file_name, origin.update_id, origin.thread_id)


def change(batch_id: int, lines: Sequence[str]) -> bool:
    """Other goods than were asked about; False when that was answered meanwhile."""
    waiting = StockBatch.update(content=_packed(lines), total=len(lines)).where(
        StockBatch.id == batch_id, StockBatch.state == StockBatch.ASKED
    )
    with transactions.atomic():
        changed = next(iter(waiting.returning(StockBatch).execute()), None)
        if changed:
            _tell(changed, lines)
        return changed is not None


def confirm(
    batch_id: int, chat_id: int, message_id: int | None, thread_id: int | None = None
) -> StockBatch | None:
    """Add them. How it goes is shown in this message. None when that was answered before."""
    with transactions.atomic():
        shown = {"chat_id": chat_id, "message_id": message_id, "thread_id": thread_id}
        confirmed = _move(batch_id, StockBatch.ADDING, **shown)
        if confirmed:
            _promise(batch_id)
        return confirmed


def drop(batch_id: int) -> StockBatch | None:
    """What is not on the shelf yet never will be."""
    with transactions.atomic():
        return _move(batch_id, StockBatch.DROPPED, content=None)


def lines(batch: StockBatch) -> list[str]:
    """[] when there is nothing left to add."""
    return [] if batch.content is None else unpacked(batch.content)


def unpacked(content: bytes) -> list[str]:
    """Raises Locked."""
    kept: list[str] = orjson.loads(crypto.decrypt(content))
    return kept


def lines_at_once(product_id: int) -> int:
    """How many lines become goods in one step."""
    return max(1, STEP // slots.of(product_id))


def step(batch: StockBatch, all_lines: Sequence[str]) -> StockBatch:
    """Put the next of its lines on the shelf; the batch as it is then. Raises Unknown, Endless.

    Whoever else has done so in between has gone on from the same place: then nothing happens.
    """
    some = all_lines[batch.done : batch.done + lines_at_once(batch.product_id)]
    with transactions.atomic():
        added = stock.add(batch.product_id, some, batch.id)
        done = batch.done + len(some)
        changes: dict[str, Any] = {"done": done, "added": StockBatch.added + added}
        if done >= batch.total:
            changes |= {"state": StockBatch.DONE, "content": None}
        here = (
            StockBatch.id == batch.id,
            StockBatch.done == batch.done,
            StockBatch.state == StockBatch.ADDING,
        )
        rows = StockBatch.update(changes).where(*here).returning(StockBatch).execute()
        moved: StockBatch | None = next(iter(rows), None)
        if moved is None:
            raise Overtaken
        return moved


class Overtaken(Exception):
    """Another worker has made this step, or somebody has stopped the batch. Nothing was done."""


def undo(batch_id: int) -> int | None:
    """Take its unsold items away again; how many those were. None when that was done before."""
    with transactions.atomic():
        batch = _move(batch_id, StockBatch.UNDONE)
        return stockroom.remove_batch(batch.product_id, batch_id) if batch else None


def show_in(batch_id: int, message_id: int) -> None:
    """The progress has got another message."""
    StockBatch.update(message_id=message_id).where(StockBatch.id == batch_id).execute()


def follow(old_chat: int, new_chat: int) -> None:
    """Progress that was shown in a group goes on in the one that it became, in a new message."""
    under_way = StockBatch.state.in_({StockBatch.ASKED, StockBatch.ADDING})
    moved = {"chat_id": new_chat, "message_id": None, "thread_id": None}
    StockBatch.update(moved).where(StockBatch.chat_id == old_chat, under_way).execute()


def forget_old() -> int:
    """Drop what nobody answered, delete what is long over; how many batches those were."""
    now = utcnow()
    unanswered = StockBatch.update(state=StockBatch.DROPPED, content=None).where(
        StockBatch.state == StockBatch.ASKED, StockBatch.created_at < now - _ANSWERED_WITHIN
    )
    over = StockBatch.delete().where(StockBatch.content.is_null(), StockBatch.created_at < now - KEPT)
    return int(unanswered.execute() + over.execute())


def _open(
    product_id: int, lines: Sequence[str], origin: Origin, *, state: str, with_heading: bool = False
) -> tuple[StockBatch, bool]:
    """The batch of this update, and whether it is a new one."""
    content = _packed(lines)
    stock.open_shelf(product_id)
    fresh = (
        StockBatch.insert(
            product=product_id,
            state=state,
            update_id=origin.update_id,
            content=content,
            total=len(lines),
            with_heading=with_heading,
            chat_id=origin.chat_id,
            thread_id=origin.thread_id,
            created_by=origin.admin_id,
            created_at=utcnow(),
        )
        .on_conflict_ignore()
        .returning(StockBatch)
    )
    batch: StockBatch | None = next(iter(fresh.execute()), None)
    if batch is None:
        return StockBatch.get(StockBatch.update_id == origin.update_id), False
    return batch, True


def _move(batch_id: int, to: str, **changes: Any) -> StockBatch | None:
    """The fresh row, or None when somebody was first."""
    rows = (
        StockBatch.update(state=to, **changes)
        .where(StockBatch.id == batch_id, StockBatch.state.in_(_MOVES[to]))
        .returning(StockBatch)
    )
    moved: StockBatch | None = next(iter(rows.execute()), None)
    if moved:
        audit.record(f"stock_batch.{to}", f"product:{moved.product_id}", batch=batch_id, total=moved.total)
    return moved


def _tell(batch: StockBatch, lines: Sequence[str]) -> None:
    """What waits is nowhere else yet: by its event alone it can be told from other goods, or missed."""
    about = {"batch": batch.id, "total": len(lines), "mark": mark_of(lines)}
    shelf = batch.product.created_at.isoformat()
    audit.record(f"stock_batch.{batch.state}", f"product:{batch.product_id}", shelf=shelf, **about)


def mark_of(lines: Sequence[str]) -> str:
    return fingerprints.of_words("\n".join(lines))


def _packed(lines: Sequence[str]) -> bytes:
    return crypto.encrypt(orjson.dumps(list(lines)).decode())


def _promise(batch_id: int) -> None:
    outbox.add("add_stock_batch", batch_id, queue=lanes.BULK)

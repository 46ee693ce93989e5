"""Stock beyond the chat: files of goods from and for staff, and word for those who wait for a product."""

from __future__ import annotations

import time

import structlog

from app import audit
from app.bot.admin import stock as screens
from app.bot.admin.goods import exported
from app.bot.parsing import files
from app.bot.parsing.files import Goods
from app.catalogue import batches, waitlist
from app.catalogue.batches import Origin
from app.clients import telegram
from app.errors import Blocked, ClientError, Refused, ShopError, WrongFormat
from app.infra import transactions
from app.infra.queue import outbox
from app.infra.queue.retries import Later
from app.people import notices, users
from app.texts import explained
from models import StockBatch
from workers.jobs import show
from workers.policies import patient

log = structlog.get_logger()

#: A run of `add_stock_batch`; the progress is shown after each.
RUN_S = 4.0


@patient
def add_stock_file(
    chat_id: int,
    admin_id: int,
    product_id: int,
    file_id: str,
    name: str,
    update_id: int | None = None,
    thread_id: int | None = None,
) -> None:
    """Repeating adds nothing twice: an update opens one batch at most."""
    origin = Origin(admin_id, chat_id, update_id, thread_id)
    try:
        goods = files.goods(name, telegram.client().download(file_id, files.MOST_BYTES))
    except Refused as refusal:
        tell_wrong(origin, "file_size" if refusal.status == 413 else "file_lost")
    except WrongFormat as wrong:
        tell(origin, "wrong_format", hint=wrong.hint, facts=wrong.facts)
    else:
        take(product_id, goods, origin)


def take(product_id: int, goods: Goods, origin: Origin) -> None:
    """Few are added, many are asked about. The product may have gone since the command was taken."""
    put = batches.begin if len(goods.items) <= screens.UNASKED else batches.ask
    try:
        with audit.acting_as(origin.admin_id):
            batch = put(product_id, goods.items, origin, with_heading=goods.heading is not None)
    except ShopError as refusal:
        tell_refusal(origin, refusal)
        return
    if batch.state == StockBatch.ASKED:
        with show.in_topic(origin.chat_id, origin.thread_id), show.for_reader(origin.chat_id):
            show.send(origin.chat_id, screens.batch(None, batch.id))


@patient
def add_stock_batch(batch_id: int) -> None:
    """Put goods on the shelf for a few seconds, show how far it is, and promise to go on."""
    batch = batches.get(batch_id)
    try:
        batch = add_for(batch, RUN_S)
    except ShopError as refusal:
        batches.drop(batch_id)
        tell_refusal(Origin(batch.created_by, batch.chat_id, thread_id=batch.thread_id), refusal)
        return
    except batches.Overtaken:
        raise Later(0) from None
    if batch.state == StockBatch.ADDING:
        show_progress(batch)
        raise Later(0)
    if batch.state == StockBatch.DONE:
        report(batch)


def add_for(batch: StockBatch, seconds: float) -> StockBatch:
    lines, end_s = batches.lines(batch), time.monotonic() + seconds
    with audit.acting_as(batch.created_by):
        while batch.state == StockBatch.ADDING and time.monotonic() < end_s:
            batch = batches.step(batch, lines)
    return batch


def show_progress(batch: StockBatch) -> None:
    """Adding goes on also where this cannot be shown."""
    try:
        report(batch)
    except ClientError as error:
        log.info("progress not shown", batch=batch.id, error=str(error))


def report(batch: StockBatch) -> None:
    """On the message that asked, or on a new one, which from then on is it."""
    with show.in_topic(batch.chat_id, batch.thread_id), show.for_reader(batch.chat_id):
        screen = screens.batch(None, batch.id)
        if batch.message_id:
            shown = show.edit(batch.chat_id, batch.message_id, screen)
        else:
            shown = show.send(batch.chat_id, screen)
    if shown and shown != batch.message_id:
        batches.show_in(batch.id, shown)


@patient
def export_stock(admin_id: int, product_id: int) -> None:
    """Unsold goods for an admin's eyes. They are read here and now, and kept nowhere on the way."""
    if not users.is_admin_id(admin_id):
        return
    try:
        with show.for_reader(admin_id):
            name, content, caption = exported(product_id)
        telegram.client().send_document(admin_id, content, name, caption)
    except ShopError as refusal:
        tell_refusal(Origin(admin_id, admin_id), refusal)
    except Blocked:
        users.mark_unreachable(admin_id)


@patient
def tell_waiters(product_id: int) -> None:
    """The product is back. Who was promised the message waits no more, so nobody gets it twice."""
    while waitlist.notify_some(product_id):
        pass


def tell_wrong(origin: Origin, problem: str) -> None:
    tell(origin, "wrong_format", hint=f"addstock.{problem}", facts={"most": files.MOST_BYTES >> 20})


def tell_refusal(origin: Origin, refusal: ShopError) -> None:
    text, facts = explained.sentence(refusal)
    with show.for_reader(origin.chat_id):
        notices.refuse(origin.chat_id, text(**facts), origin.thread_id)


def tell(origin: Origin, kind: str, **data: object) -> None:
    with transactions.atomic():
        outbox.add("send_notice", origin.chat_id, kind, data, origin.thread_id)

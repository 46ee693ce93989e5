"""Updates from Telegram, one job each: the bot decides, the answer goes out."""

from __future__ import annotations

from typing import Any

import dramatiq

from app.bot import conversation, group_news
from app.bot.toolkit import events
from app.bot.toolkit.events import Command, Event
from app.catalogue import batches
from app.clients import telegram, telegram_topics
from app.sales import orders
from workers import own_name
from workers.jobs import quotes, show


@dramatiq.actor
def handle_update(update: dict[str, Any]) -> None:
    """Safe to repeat: an update that has acted is only drawn again."""
    if group_news.heard(update):
        return
    event = events.read(update)
    if event is None:
        return
    if event.blocked is not None:
        conversation.membership(event)
    elif not _is_for_another_bot(event.command):
        outcome = conversation.react(event)
        if outcome.screen:
            quotes.request_fee(outcome.screen)  # before the calls, which give the connection back
        try:
            with telegram_topics.within(event.chat_id, event.thread_id):
                shown_in = show.reply(event, outcome.reply, outcome.screen)
        except show.Halfway as halfway:
            conversation.begun(event.update_id, outcome.reply, halfway.sent)
            raise halfway.error from halfway
        if shown_in and outcome.screen and outcome.screen.order_id:
            _remember(event, outcome.screen.order_id, shown_in)
        if shown_in and outcome.screen and outcome.screen.batch_id:
            batches.show_in(outcome.screen.batch_id, shown_in)


def _remember(event: Event, order_id: int, shown_in: int) -> None:
    """Let the order know the message that tells how far it is, if it is another than the one pressed."""
    known = event.message_id if event.is_press else None
    if shown_in != known and not orders.first_shown_in(order_id, shown_in, known):
        show.delete(event.chat_id, shown_in)


def _is_for_another_bot(command: Command | None) -> bool:
    """`/stock@other_bot`, in groups with several bots."""
    if command is None or command.addressee is None:
        return False
    return command.addressee.lower() != own_name.of(telegram.client()).lower()

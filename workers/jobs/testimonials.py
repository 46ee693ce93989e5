"""The shop's channel: whether the bot may post there, and its posts of good testimonials."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from app import audit
from app.bot.screens import testimonials as screens
from app.clients import telegram
from app.errors import Blocked, Refused
from app.infra import transactions
from app.infra.queue import outbox
from app.infra.queue.retries import Later
from app.people import channel, notices
from app.people.channel import Channel
from app.sales import testimonials
from app.texts import own_words
from models import Testimonial
from workers.policies import patient, unhurried

log = structlog.get_logger()

#: Another job is at work on the same post.
TAKEN_MS = 1_000


@patient
def try_channel(named: str, chat_id: int, admin_id: int, thread_id: int | None = None) -> None:
    """Look at a channel that an admin has named, and take it if the bot may post there."""
    problem, found = look_up(named)
    with transactions.atomic(), audit.acting_as(admin_id):
        if found:
            channel.choose(found)
            facts = {"title": found.title, "name": found.name}
            outbox.add("send_notice", chat_id, "channel_chosen", facts, thread_id)
        else:
            facts = {"problem": problem, "named": named}
            outbox.add("send_notice", chat_id, "channel_refused", facts, thread_id)


def look_up(named: str) -> tuple[str, Channel | None]:
    """The channel, or what is wrong with it: a key of the texts' REFUSED."""
    try:
        chat = telegram.client().chat(named)
    except (Blocked, Refused) as refusal:
        log.info("no such channel for the bot", named=named, reason=str(refusal))
        return "unknown", None
    if chat.get("type") != "channel":
        return "no_channel", None
    if not may_post(chat["id"]):
        return "no_right", None
    name = f"@{chat['username']}" if chat.get("username") else str(chat["id"])
    return "", Channel(int(chat["id"]), name, str(chat.get("title", "")))


def may_post(channel_id: int) -> bool:
    """In channels only admins write. Telegram refuses to tell who is there to those who are not."""
    try:
        member = telegram.client().standing(channel_id)
    except (Blocked, Refused) as refusal:
        log.info("the bot has no standing in the channel", reason=str(refusal))
        return False
    return member.get("status") == "administrator" and bool(member.get("can_post_messages"))


@patient
def look_at_channel(channel_id: int) -> None:
    """What the bot may do there was changed; old news may come late, so it is looked at."""
    if not may_post(channel_id):
        channel.lose(channel_id)


@unhurried
def post_testimonial(testimonial_id: int) -> None:
    """Make its post what it should be: there, changed, or gone."""
    own_words.refresh()
    taken = testimonials.take(testimonial_id)
    if taken is None:
        raise Later(TAKEN_MS)
    try:
        if taken.message_id is None:
            post(taken)
        elif taken.is_public:
            change(taken)
        else:
            withdraw(taken)
    finally:
        testimonials.let_go(testimonial_id)


def post(taken: Testimonial) -> None:
    now = channel.current()
    if now is None or not taken.is_public:
        return
    try:
        message_id = telegram.client().send_text(now.id, screens.post(taken).text)
    except Blocked as refusal:
        log.warning("no testimonials in the channel any more", reason=str(refusal))
        channel.lose(now.id)
    else:
        testimonials.note_post(taken.id, now.id, message_id)


def change(taken: Testimonial) -> None:
    """Somebody may have deleted the post, or the bot's right: then it stays as it is."""
    assert taken.channel_id is not None
    assert taken.message_id is not None
    try:
        telegram.client().edit_text(taken.channel_id, taken.message_id, screens.post(taken).text)
    except Blocked:
        channel.lose(taken.channel_id)
    except Refused as refusal:
        log.info("post cannot be changed", reason=refusal.message)


def withdraw(taken: Testimonial) -> None:
    """Deleted; if it may not be, without its words; and if not even that, an admin has to do it."""
    assert taken.channel_id is not None
    assert taken.message_id is not None
    bot, where = telegram.client(), (taken.channel_id, taken.message_id)
    if not _allowed(lambda: bot.delete(*where)) and not _allowed(
        lambda: bot.edit_text(*where, screens.withdrawn().text)
    ):
        with transactions.atomic():
            notices.to_admins("post_left", message_id=where[1], link=link(*where))
    testimonials.note_post(taken.id, None, None)


def _allowed(change_post: Callable[[], None]) -> bool:
    try:
        change_post()
    except (Blocked, Refused) as refusal:
        log.info("post cannot be withdrawn", reason=str(refusal))
        return False
    return True


def link(channel_id: int, message_id: int) -> str:
    """Where a post is, for those who are in the channel: Telegram leaves out the -100."""
    return f"https://t.me/c/{str(channel_id).removeprefix('-100')}/{message_id}"

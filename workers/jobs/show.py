"""Screens on the wire: how a message is sent, changed or replaced, and what a person who is gone means.

Flood and Unreachable are raised: the job waits or tries again. Nothing is decided here about the shop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeVar

import structlog

from app.backoffice import moved_groups
from app.bot.toolkit.events import Event
from app.bot.toolkit.reply import Reply
from app.bot.toolkit.screen import Screen
from app.catalogue import listings
from app.clients import telegram, telegram_topics
from app.errors import Blocked, ChatMoved, ClientError, DeadFile, Flood, Refused, Unreachable
from app.infra import transactions
from app.infra.queue import outbox
from app.people import groups, users
from app.texts import languages, own_words

log = structlog.get_logger()

T = TypeVar("T")

PICTURE = "qris.png"

#: Sends something to the chat of this id; returns a number that says what.
Call = Callable[[int], int]


class Halfway(Exception):
    """So many of a screen's messages are in the chat, the next one is not: `error` says why."""

    def __init__(self, error: ClientError, sent: int) -> None:
        super().__init__(str(error))
        self.error, self.sent = error, sent


def reply(event: Event, what: Reply, screen: Screen | None) -> int | None:
    """End the press and show the screen where it belongs, both at once; the message that shows it."""
    with _answered(event.callback_id, what) if event.callback_id else nullcontext():
        return _place(event, what, screen) if screen else None


def in_topic(chat_id: int, thread_id: int | None) -> AbstractContextManager[None]:
    """What is sent to the chat meanwhile goes to the topic in which somebody asked for it, if any."""
    return telegram_topics.within(chat_id, thread_id) if thread_id else nullcontext()


def for_reader(chat_id: int) -> AbstractContextManager[None]:
    """What is drawn meanwhile is in the language of who reads it; groups read Indonesian."""
    own_words.refresh()
    return languages.speaking(users.language(chat_id) if chat_id > 0 else None)


def send(chat_id: int, screen: Screen, *, instead: bool = False) -> int | None:
    """A new message; its id, or None when nobody can be reached there.

    `instead`: of a call that was refused just now, whose room it takes: were both to wait for room in turn,
    the refused call would be made again and again. Raises Halfway when only `screen.first` got through.
    """
    if screen.first and not _introduced(chat_id, screen.first):
        return None
    try:
        sent = reach(chat_id, lambda chat: _send(chat, screen, instead))
    except ClientError as error:
        if screen.first:
            raise Halfway(error, screen.depth) from error
        raise
    return sent[1] if sent else None


def _introduced(chat_id: int, first: Screen) -> bool:
    """False when nobody is there any more. A sticker that Telegram refuses (another bot's) is left out."""
    try:
        return send(chat_id, first) is not None
    except Refused as refusal:
        if not first.sticker:
            raise
        log.warning("sticker cannot be sent", reason=refusal.message)
        return True


def reach(chat_id: int, call: Call) -> tuple[int, int] | None:
    """Send something: the chat's id of today, and the message's; None when nobody is there any more.

    The one place that follows a group to its new id, and that notices who is gone. What has no place of its
    own goes to the topic that the group has for notices.
    """
    if chat_id < 0 and not telegram_topics.is_chosen(chat_id):
        with telegram_topics.within(chat_id, groups.topic(chat_id)):
            return reach(chat_id, call)
    try:
        return chat_id, call(chat_id)
    except ChatMoved as moved:
        moved_groups.follow(chat_id, moved.new_id)
        return reach(moved.new_id, call)
    except Blocked:
        _mark_unreachable(chat_id)
        return None


def edit(chat_id: int, message_id: int, screen: Screen, *, is_picture: bool = False) -> int | None:
    """Change a message; the id of the one that now shows the screen.

    A picture cannot become text, nor text a picture, and a message may be gone or too old: then a new one
    takes its place.
    """
    if is_picture and isinstance(screen.photo, str):
        # A picture that Telegram keeps stays: only a product's page has one, and its buttons lead to itself.
        return _caption(
            chat_id, message_id, screen, lambda: _replace(chat_id, message_id, screen, instead=True)
        )
    if screen.photo or is_picture:
        return _replace(chat_id, message_id, screen)
    try:
        telegram.client().edit_text(chat_id, message_id, screen.text, screen.markup())
    except Blocked:
        _mark_unreachable(chat_id)
        return None
    except ChatMoved:
        return send(chat_id, screen)
    except Refused as refusal:
        log.info("message cannot be changed", reason=refusal.message)
        return None if screen.fleeting else _replace(chat_id, message_id, screen, instead=True)
    return message_id


def edit_caption(chat_id: int, message_id: int, screen: Screen) -> int | None:
    """Change what stands under a picture, and its buttons. If it is gone, the text becomes a message."""
    text = Screen(screen.text, screen.buttons)
    return _caption(chat_id, message_id, screen, lambda: send(chat_id, text, instead=True))


def edit_picture(chat_id: int, message_id: int, screen: Screen, photo: bytes) -> int | None:
    """Put another picture and its text, without buttons, in the place of a picture. What cannot be changed is
    taken away: the text becomes a message, and nothing stays that should not be seen any more."""
    text = Screen(screen.text)
    try:
        telegram.client().edit_photo(chat_id, message_id, photo, screen.text)
    except Blocked:
        _mark_unreachable(chat_id)
        return None
    except Refused as refusal:
        log.info("picture cannot be changed", reason=refusal.message)
        return _replace(chat_id, message_id, text, instead=True)
    return message_id


def _caption(chat_id: int, message_id: int, screen: Screen, instead: Callable[[], int | None]) -> int | None:
    try:
        telegram.client().edit_caption(chat_id, message_id, screen.text, screen.markup())
    except Blocked:
        _mark_unreachable(chat_id)
        return None
    except (Refused, ChatMoved) as refusal:
        log.info("caption cannot be changed", reason=str(refusal))
        return instead()
    return message_id


def delete(chat_id: int, message_id: int) -> None:
    """What cannot be deleted any more (after 48 h, or in a group that moved) stays."""
    try:
        telegram.client().delete(chat_id, message_id)
    except Blocked:
        _mark_unreachable(chat_id)
    except (Refused, ChatMoved) as refusal:
        log.info("message cannot be deleted", reason=str(refusal))


def discard(chat_id: int, message_id: int) -> None:
    """Delete what a new message has replaced; later, if there is no room now: the new one must not be sent
    again for that."""
    try:
        delete(chat_id, message_id)
    except (Flood, Unreachable):
        with transactions.atomic():
            outbox.add("delete_message", chat_id, message_id)


def _mark_unreachable(chat_id: int) -> None:
    groups.drop_unreachable(chat_id) if chat_id < 0 else users.mark_unreachable(chat_id)


def _place(event: Event, what: Reply, screen: Screen) -> int | None:
    if not event.is_press or event.message_id is None or what.below:
        return send(event.chat_id, screen)
    if what.anew:
        return _replace(event.chat_id, event.message_id, screen)
    return edit(event.chat_id, event.message_id, screen, is_picture=event.on_picture)


def _replace(chat_id: int, message_id: int, screen: Screen, *, instead: bool = False) -> int | None:
    """The new message first: should it have to wait, the old one is still there."""
    new = send(chat_id, screen, instead=instead)
    if new is not None:
        discard(chat_id, message_id)
    return new


def _send(chat_id: int, screen: Screen, instead: bool) -> int:
    bot = telegram.client()
    if screen.sticker:
        return bot.send_sticker(chat_id, screen.sticker, instead=instead)
    if isinstance(screen.photo, str):
        return _send_kept(chat_id, screen.photo, screen, instead)
    if screen.photo:
        return _send_picture(chat_id, screen.photo, screen, instead)
    return bot.send_text(chat_id, screen.text, screen.markup(), instead=instead, silent=screen.silent)


def _send_kept(chat_id: int, photo: str, screen: Screen, instead: bool) -> int:
    """A picture that Telegram keeps; if it does not any more (another bot's id, too), the text alone."""
    bot = telegram.client()
    try:
        return bot.send_photo(chat_id, photo, screen.text, screen.markup(), instead=instead)
    except Refused as refusal:
        log.warning("picture cannot be sent", reason=refusal.message)
        if isinstance(refusal, DeadFile):
            listings.forget_photo(photo)
        return bot.send_text(chat_id, screen.text, screen.markup(), instead=True)


def _send_picture(chat_id: int, photo: bytes, screen: Screen, instead: bool) -> int:
    """A picture made here; one that Telegram does not take for a picture goes out as a file."""
    bot = telegram.client()
    try:
        return bot.send_photo(chat_id, photo, screen.text, screen.markup(), instead=instead)
    except Refused as refusal:
        log.warning("picture refused, sent as a file", reason=refusal.message)
        return bot.send_document(chat_id, photo, PICTURE, screen.text, screen.markup(), instead=True)


@contextmanager
def _answered(callback_id: str, what: Reply) -> Iterator[None]:
    """The answer to a press travels beside the screen: a button should stop spinning before that is there.
    One that cannot be given is no reason to do without the screen."""
    answer = _tried(lambda: telegram.client().begin_answer(callback_id, what.toast, what.alert))
    try:
        yield
    finally:
        if answer:
            _tried(answer)


def _tried(step: Callable[[], T]) -> T | None:
    try:
        return step()
    except ClientError as error:
        log.warning("press not answered", error=str(error))
        return None

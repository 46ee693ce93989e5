"""`KIRIM PESAN`: one message to the shop, text or a picture. Answers come by workers/jobs/support.py."""

from __future__ import annotations

from typing import Any

import settings
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import SILENT, Reply, say, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import NobodyThere, WrongFormat
from app.infra import limits
from app.money import typed
from app.people import support
from app.texts import html, languages
from app.texts.screens import write as texts
from models import User

MESSAGE, ALBUM = "message", "rest_of_album"
NAME_UNITS = 100
#: Keys of the keyboard below the chat, which are no message.
KEYS = {
    said
    for label in (keyboards.LIST, keyboards.STOCK, keyboards.ACCOUNT, keyboards.WRITE)
    for said in languages.in_all(label)
}


def ask(turn: Turn) -> Reply:
    turn.session.wait(MESSAGE)
    return show("write")


def write_back(turn: Turn) -> Reply:
    """`Balas` under an answer, which stays as it is."""
    turn.session.wait(MESSAGE)
    return toast(texts.WRITE_BACK.plain(), alert=True)


def take(turn: Turn) -> Reply:
    """The message itself. Raises WrongFormat, NobodyThere."""
    event = turn.event
    if event.is_media and not event.photo:
        raise WrongFormat("only_text_or_picture")
    limits.spend("message", turn.person.id)
    _send(turn)
    if html.units(turn.typed) >= html.NEARLY_FULL and not event.is_media:
        turn.session.wait(MESSAGE)
        return say(texts.SENT_LONG())
    if event.album is None:
        return say(texts.SENT())
    turn.session.wait(ALBUM, captioned=bool(turn.typed))
    return say(texts.SENT_FIRST_PICTURE())


def more_pictures(turn: Turn) -> Reply:
    """The rest of an album is passed over, and what was waited for still is.

    Workers may take the pictures out of order: should the words come under a later one, it is sent too.
    """
    if turn.session.waiting == ALBUM and turn.typed and not turn.session.facts["captioned"]:
        _send(turn)
        turn.session.wait(ALBUM, captioned=True)
    else:
        turn.session.keep_waiting()
    return SILENT


def write(_person: User) -> Screen:
    return Screen(texts.WRITE(), keyboards.back("home"))


def header(customer: User) -> Screen:
    """What stands above a customer's message in the admins' chats."""
    username = f"@{customer.username}" if customer.username else ""
    text = (texts.APPEAL if customer.banned_at else texts.HEADER)(
        name=html.cut(customer.name, NAME_UNITS), username=username, id=customer.id
    )
    see = Button(keyboards.SEE_PERSON, pack("person", customer.id))
    return Screen(text, [[see, Button(keyboards.ORDERS_OF, pack("orders_of", customer.id, 1))]])


def answer_heading() -> Screen:
    """What stands above an answer in the customer's chat, and quotes the question."""
    return Screen(texts.ANSWER(store=settings.current().store_name))


def appeal(turn: Turn) -> Reply:
    """The one message that somebody banned may write. Nobody is told where nobody would read it."""
    event = turn.event
    is_key = typed.label(turn.typed) in KEYS or typed.seen(turn.typed).isdecimal()
    if event.is_press or event.command or is_key or (event.is_media and not event.photo):
        return SILENT
    try:
        _send(turn)
    except NobodyThere:
        return SILENT
    turn.session.appealed = True
    return show("plain", texts.APPEALED())


def taken_back() -> Screen:
    return Screen(texts.TAKEN_BACK())


def answer_buttons() -> dict[str, Any] | None:
    """What hangs under an answer."""
    return Screen(buttons=[[Button(keyboards.WRITE_BACK, pack("write_back"))]]).markup()


def _send(turn: Turn) -> None:
    assert turn.event.message_id is not None
    support.send(turn.person.id, turn.event.message_id)

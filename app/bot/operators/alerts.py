"""What is wrong with the shop as a whole, as admins are told of it, and the button that mutes it."""

from __future__ import annotations

from datetime import date
from typing import Any
from zlib import crc32

import settings
from app import money
from app.backoffice import checkups
from app.backoffice.alerts import digest as digests
from app.backoffice.alerts import incidents, rules
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import Unknown
from app.texts import clock, html
from app.texts import incidents as words
from app.texts.html import Html
from app.texts.operators import alerts as texts
from models import Alert, User


def alert(_person: User, number: int) -> Screen:
    """Raises Unknown when there is no such alert."""
    row = incidents.get(_named(number))
    if row is None:
        raise Unknown("alert")
    return message(row)


def message(row: Alert) -> Screen:
    """The incident as it is now: one message shows it from its beginning to its end."""
    if row.state == Alert.CLEAR:
        return Screen(words.all_clear(row))
    return Screen(words.text(row), _buttons(row))


def mute(_turn: Turn, number: int) -> Reply:
    name = _named(number)
    row = incidents.get(name)
    if row is None or row.state == Alert.CLEAR:
        return show("alert", number) if row else toast("")
    until = incidents.mute(name)
    return show("alert", number, toast=texts.MUTED_TOAST.plain(until=clock.moment(until)))


def verify_now(_turn: Turn) -> Reply:
    """The message that it is pressed under tells what came of it."""
    said = texts.VERIFYING if checkups.ask(checkups.VERIFY) == checkups.ASKED else texts.VERIFYING_ALREADY
    return toast(said.plain(), alert=True)


def digest(data: dict[str, Any]) -> Screen:
    """The word of every morning, as things are when it is sent."""
    day = date.fromisoformat(data["day"])
    sold = digests.sales(day)
    said = texts.NOTHING_SOLD()
    if sold.orders:
        said = texts.SOLD(orders=sold.orders, revenue=money.rupiah(sold.revenue))
    look = [Button(keyboards.PENDING, pack("pending", 1)), Button(keyboards.FAILED, pack("dead", 1))]
    return Screen(texts.DIGEST(day=clock.day(day), sold=said, open=_open()), [look], silent=True)


def _open() -> Html:
    alerts = [
        texts.OPEN_ALERT(title=texts.TITLES[row.name], since=clock.moment(row.since))
        for row in incidents.open_now()
    ]
    waiting = digests.still_open().items()
    listed = [texts.OPEN_LINE(what=texts.OPEN_KINDS[kind], count=count) for kind, count in waiting]
    if not alerts + listed:
        return texts.NOTHING_OPEN()
    return texts.OPEN(lines=html.lines(alerts + listed))


def _buttons(row: Alert) -> Rows:
    mark = crc32(row.name.encode())
    see = [Button(keyboards.SEE_ALL, pack("dead", 1))] if row.name == "dead_letters" else []
    if row.name == "verify":
        see = [Button(keyboards.LOOK_AGAIN, pack("verify_now"))]
    return [[*see, Button(keyboards.MUTE, pack("mute_alert", mark))], *_page()]


def _page() -> Rows:
    """Where there is one. Telegram opens no address of this machine."""
    current = settings.current()
    if not current.ops_password or not (current.public_url or "").startswith("https://"):
        return []
    return [[Button(keyboards.OPEN_PAGE, url=f"{current.public_url}/ops")]]


def _named(number: int) -> str:
    """Buttons carry numbers only. Raises Unknown."""
    for name in rules.BY_NAME:
        if crc32(name.encode()) == number:
            return name
    raise Unknown("alert")

"""`/maintenance on|off`, `/lowstock`, `/version`, and the end of a session of the ops page."""

from __future__ import annotations

import settings
from app.backoffice import maintenance
from app.bot.parsing import fields
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import waitlist
from app.errors import WrongFormat
from app.infra.health import version
from app.infra.release import number as release_number
from app.money import typed
from app.people import sessions
from app.texts import html, incidents
from app.texts.admin import shop as texts
from models import User

LOW_STOCK_MOST = 1_000

_SWITCH = {"on": True, "off": False}


def switch(turn: Turn) -> Reply:
    """Raises WrongFormat."""
    wanted = typed.seen(turn.rest).lower()
    if wanted not in _SWITCH:
        raise WrongFormat(
            "maintenance.switch", given=fields.given(wanted), now="on" if turn.closed else "off"
        )
    maintenance.switch(on=_SWITCH[wanted])
    return show("maintenance", _SWITCH[wanted])


def end_session(_turn: Turn, number: int) -> Reply:
    """Of the ops page."""
    ended = sessions.end(number)
    return toast((texts.SESSION_ENDED if ended else texts.SESSION_OVER).plain(), alert=True)


def low_stock(turn: Turn) -> Reply:
    """`/lowstock n`; alone it says what holds. Raises WrongFormat."""
    given = typed.seen(turn.rest)
    if not given:
        return show("plain", texts.LOW_STOCK(now=waitlist.low_stock()))
    wanted = fields.whole(given, 0, LOW_STOCK_MOST, "lowstock.low_stock", now=waitlist.low_stock())
    return show("plain", texts.LOW_STOCK_CHANGED(before=waitlist.set_low_stock(wanted), now=wanted))


def switched(_person: User, on: bool) -> Screen:
    return Screen(texts.MAINTENANCE[on]())


def release(_person: User) -> Screen:
    """Which release this process runs, since when, and whether the database is as new."""
    schema = version.schema()
    state = texts.BEHIND(missing=schema.missing) if schema.missing else texts.UP_TO_DATE()
    text = texts.VERSION(
        version=release_number(),
        uptime=incidents.lasted(int(version.uptime().total_seconds())),
        latest=schema.latest,
        state=state,
    )
    trial = settings.current().pakasir_sandbox
    return Screen(html.lines([text, texts.SANDBOX_ON()]) if trial else text)

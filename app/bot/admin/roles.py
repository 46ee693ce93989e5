"""`/ban` `/unban` `/addadmin` `/rmadmin` `/addreseller` `/rmress`: who may do what."""

from __future__ import annotations

import settings
from app.backoffice import bans
from app.bot.parsing import fields
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.errors import AdminForGood
from app.people import users
from app.texts import html
from app.texts.admin import roles as texts
from app.texts.html import Html
from models import User

NAME_UNITS = 100


def ban(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown, IsAdmin."""
    person = fields.person(turn.rest, "ban")
    done = bans.ban(person.id)
    return show("role", person.id, "ban", done.changed, done.canceled.invoice if done.canceled else None)


def unban(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown."""
    person = fields.person(turn.rest, "unban")
    return show("role", person.id, "unban", users.unban(person.id))


def add_admin(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown, IsBanned."""
    person = fields.person(turn.rest, "addadmin")
    changed = not users.is_admin(person) and users.make_admin(person.id, admin=True)
    return show("role", person.id, "addadmin", changed)


def remove_admin(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown, AdminForGood, LastAdmin."""
    person = fields.person(turn.rest, "rmadmin")
    if person.id in settings.current().admin_ids:
        raise AdminForGood
    changed = users.make_admin(person.id, admin=False)
    return show("role", person.id, "rmadmin", changed)


def add_reseller(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown."""
    person = fields.person(turn.rest, "addreseller")
    changed = users.make_reseller(person.id, reseller=True)
    return show("role", person.id, "addreseller", changed)


def remove_reseller(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown."""
    person = fields.person(turn.rest, "rmress")
    return show("role", person.id, "rmress", users.make_reseller(person.id, reseller=False))


def outcome(_person: User, user_id: int, asked: str, changed: bool, canceled: str | None = None) -> Screen:
    """`canceled`: the invoice of an order that had to go."""
    done, was_so = texts.ROLES[asked]
    text = (done if changed else was_so)(who=named(users.get(user_id)))
    return Screen(html.lines([text, texts.BAN_CANCELED(invoice=canceled)]) if canceled else text)


def named(person: User) -> Html:
    """How admins' messages name somebody."""
    return texts.WHO(name=html.cut(person.name, NAME_UNITS), id=person.id)

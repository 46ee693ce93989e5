"""`/ban` `/unban` `/addadmin` `/rmadmin` `/addreseller` `/rmress`: who may do what."""

from __future__ import annotations

import settings
from app.backoffice import bans
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
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
    return ban_now(turn, person.id)


def ask_ban(_person: User, user_id: int) -> Screen:
    """`Blokir`: is that meant? Raises Unknown."""
    yes = [Button(keyboards.CONFIRM_BAN, pack("ban", user_id))]
    text = texts.ASK_BAN(who=named(users.get(user_id)))
    return Screen(text, [yes, *keyboards.back("person", user_id)])


def ban_now(_turn: Turn, user_id: int) -> Reply:
    """Raises Unknown, IsAdmin."""
    done = bans.ban(user_id)
    return show("role", user_id, "ban", done.changed, done.canceled.invoice if done.canceled else None)


def unban_now(_turn: Turn, user_id: int) -> Reply:
    """Raises Unknown."""
    return show("role", user_id, "unban", users.unban(user_id))


def unban(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown."""
    person = fields.person(turn.rest, "unban")
    return unban_now(turn, person.id)


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
    shown = html.lines([text, texts.BAN_CANCELED(invoice=canceled)]) if canceled else text
    return Screen(shown, [[Button(keyboards.SEE_PERSON, pack("person", user_id))]])


def named(person: User) -> Html:
    """How admins' messages name somebody."""
    return texts.WHO(name=html.cut(person.name, NAME_UNITS), id=person.id)

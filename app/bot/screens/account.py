"""A person's own page."""

from __future__ import annotations

from app import money
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.screen import Button, Rows, Screen
from app.people import users
from app.texts import html
from app.texts.screens import account as texts
from models import User

FIELD_UNITS = 200


def account(person: User, changed: str | None = None) -> Screen:
    """`changed` names the field that the person has just given anew."""
    text = texts.ACCOUNT(
        changed=texts.CHANGED[changed]() if changed else "",
        id=person.id,
        name=_field(person.name),
        username=f"@{person.username}" if person.username else texts.UNKNOWN,
        email=_field(person.email),
        whatsapp=_field(person.whatsapp),
        balance=money.rupiah(person.balance),
        bank_id=person.bank_id,
        status=texts.ADMIN if users.is_admin(person) else texts.CUSTOMER,
        reseller=texts.YES if person.is_reseller else texts.NO,
    )
    history = [Button(keyboards.HISTORY, pack("history", 1)), Button(keyboards.DEPOSIT, pack("deposit"))]
    return Screen(text, [*_changes(), history, *keyboards.back("home")])


def _changes() -> Rows:
    labels = (keyboards.EDIT_NAME, keyboards.EDIT_EMAIL, keyboards.EDIT_WHATSAPP)
    name, email, whatsapp = (Button(label, pack("edit", number)) for number, label in enumerate(labels))
    return [[name, email], [whatsapp, Button(keyboards.LANGUAGE, pack("language"))]]


def _field(value: str | None) -> str:
    return html.cut(value, FIELD_UNITS) if value else texts.UNKNOWN

"""`/mydata` and `/forgetme`: a person's data in a file, or gone."""

from __future__ import annotations

from app import money
from app.backoffice import privacy
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, say, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.infra import limits
from app.sales import claims, orders
from app.texts.screens import privacy as texts
from models import User


def my_data(turn: Turn) -> Reply:
    """`/mydata`: the file itself is made by a worker."""
    limits.spend("export", turn.person.id)
    privacy.promise_export(turn.person.id)
    return say(texts.PREPARING())


def forget(turn: Turn) -> Reply:
    """`Ya, Hapus Dataku`. Raises IsAdmin."""
    limits.spend("forget", turn.person.id)
    privacy.forget(turn.person.id)
    turn.session.forgotten()
    return show("forgotten")


def question(person: User) -> Screen:
    """`/forgetme`: what goes, what stays, and whether it is meant."""
    unpaid, waiting = orders.unpaid(person.id), len(claims.open_orders(person.id))
    text = texts.FORGET(
        order=texts.OPEN_ORDER(invoice=unpaid.invoice) if unpaid else "",
        claims=texts.CLAIMS(count=waiting) if waiting else "",
        balance=texts.BALANCE(balance=money.rupiah(person.balance)) if person.balance else "",
    )
    yes, no = Button(keyboards.FORGET, pack("forget")), Button(keyboards.CANCEL, pack("account"))
    return Screen(text, [[yes], [no]])


def forgotten(person: User) -> Screen:
    balance = texts.KEPT(balance=money.rupiah(person.balance)) if person.balance else ""
    return Screen(texts.FORGOTTEN(balance=balance), keyboards.onward())

"""`/transfer` and `/editbalance`: other people's money. The person is told, the ledger names the admin."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import BalanceMoved
from app.people import users
from app.sales import wallet
from app.texts import html
from app.texts.admin import balances as texts
from models import User

NAME_UNITS = 60
#: What is waited for after `Tambah Saldo`.
ADD = "add_balance"


def transfer(turn: Turn) -> Reply:
    """`/transfer user|amount` asks first. Raises WrongFormat, Unknown."""
    named, typed = fields.split(turn.rest, 2, "transfer")
    person = fields.person(named, "transfer")
    amount = fields.amount(typed, 1, wallet.MOST, "transfer.money_amount")
    return show("transfer", person.id, amount, turn.event.update_id)


def ask_amount(turn: Turn, user_id: int) -> Reply:
    """`Tambah Saldo`: how much is typed. Raises Unknown."""
    turn.session.wait(ADD, user=users.get(user_id).id)
    return show("add_balance", user_id)


def take_amount(turn: Turn, user_id: int) -> Reply:
    """Raises WrongFormat."""
    amount = fields.amount(turn.typed, 1, wallet.MOST, "transfer.money_amount")
    return show("transfer", user_id, amount, turn.event.update_id)


def amount_question(_person: User, user_id: int) -> Screen:
    """Raises Unknown."""
    person = users.get(user_id)
    text = texts.ADD_BALANCE(name=_name(person), balance=money.rupiah(person.balance))
    return Screen(text, keyboards.back("person", user_id))


def ask_transfer(_person: User, user_id: int, amount: int, number: int) -> Screen:
    """`number` makes the transfer happen once. Raises Unknown."""
    person = users.get(user_id)
    change = _change(person.balance, person.balance + amount)
    text = texts.TRANSFER(**_who(person), **change, amount=money.rupiah(amount))
    yes = Button(keyboards.CONFIRM_TRANSFER, pack("transfer_send", user_id, amount, number))
    return Screen(text, [[yes, Button(keyboards.LEAVE_IT, pack("keep_balance"))]])


def send_transfer(turn: Turn, user_id: int, amount: int, number: int) -> Reply:
    """Raises Unknown."""
    reason = f"transfer:{number}"
    if not wallet.adjust(user_id, amount, reason, note=turn.person.name, actor_id=turn.person.id):
        return toast(texts.EDITED_BEFORE.plain(), alert=True)
    person = users.get(user_id)
    change = _change(person.balance - amount, person.balance)
    return show("plain", texts.TRANSFERRED(**_who(person), **change, amount=money.rupiah(amount)))


def edit(turn: Turn) -> Reply:
    """`/editbalance user|amount` asks first. Raises WrongFormat, Unknown."""
    named, typed = fields.split(turn.rest, 2, "editbalance")
    person = fields.person(named, "editbalance")
    balance = fields.amount(typed, 0, wallet.MOST, "editbalance.money_amount")
    return show("edit_balance", person.id, balance, turn.event.update_id)


def edit_balance(_person: User, user_id: int, balance: int, number: int) -> Screen:
    """`number` makes the change happen once. Raises Unknown."""
    person = users.get(user_id)
    if person.balance == balance:
        return Screen(texts.SAME_BALANCE(name=_name(person), balance=money.rupiah(balance)))
    text = texts.EDIT_BALANCE(**_who(person), **_change(person.balance, balance))
    yes = Button(keyboards.CONFIRM_BALANCE, pack("set_balance", user_id, balance, person.balance, number))
    return Screen(text, [[yes, Button(keyboards.LEAVE_IT, pack("keep_balance"))]])


def set_balance(turn: Turn, user_id: int, balance: int, seen: int, number: int) -> Reply:
    """Only from the balance that the admin saw. Raises Unknown."""
    reason = f"editbalance:{number}"
    try:
        done = wallet.set_to(user_id, balance, seen=seen, reason=reason, admin=turn.person)
    except BalanceMoved:
        again = (user_id, balance, number)
        return show("edit_balance", *again, toast=texts.BALANCE_MOVED.plain(), alert=True)
    if not done:
        return toast(texts.EDITED_BEFORE.plain(), alert=True)
    return show("plain", texts.EDITED(**_who(users.get(user_id)), **_change(seen, balance)))


def keep_balance(_turn: Turn) -> Reply:
    return show("plain", texts.NOT_EDITED())


def _who(person: User) -> dict[str, object]:
    return {"name": _name(person), "id": person.id}


def _change(before: int, after: int) -> dict[str, object]:
    return {"before": money.rupiah(before), "after": money.rupiah(after)}


def _name(person: User) -> str:
    return html.cut(person.name, NAME_UNITS)

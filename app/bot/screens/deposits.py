"""`Deposit`: an amount, pressed or typed, becomes an order whose QR fills the balance."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.screens import checkout as purchase
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products
from app.errors import Unknown
from app.infra import limits
from app.money import QRIS_LEAST, QRIS_MOST
from app.sales import checkout, orders
from app.texts.screens import deposits as texts
from models import Order, User

INPUT = "deposit"
AMOUNTS = (10_000, 25_000, 50_000, 100_000, 200_000, 500_000)
AMOUNTS_A_ROW = 3
#: Bare numbers so short may be a product's label on the keyboard rather than rupiah.
LABEL_DIGITS = 4


def ask(turn: Turn) -> Reply:
    turn.session.wait(INPUT)
    return show("deposit")


def deposit(person: User) -> Screen:
    bounds = {"least": money.rupiah(QRIS_LEAST), "most": money.rupiah(QRIS_MOST)}
    latest = orders.latest_id(person.id)
    buttons = [Button(money.rupiah(amount), pack("deposit_of", amount, latest)) for amount in AMOUNTS]
    rows = [buttons[at : at + AMOUNTS_A_ROW] for at in range(0, len(buttons), AMOUNTS_A_ROW)]
    text = texts.ASK(balance=money.rupiah(person.balance), **bounds)
    return Screen(text, [*rows, *keyboards.back("account")])


def choose(turn: Turn, amount: int, latest: int) -> Reply:
    """A quick amount. `latest`: the newest order when the button was drawn. Raises OpenOrder."""
    newest = orders.latest_id(turn.person.id)
    if newest > latest and orders.get(newest).state == Order.PENDING:
        return purchase.still_open(turn, newest, pressed_twice=True)
    return _place(turn, amount)


def take(turn: Turn) -> Reply:
    """A typed amount. Raises WrongFormat, OpenOrder."""
    number = money.whole(turn.typed, 10**LABEL_DIGITS - 1)
    if number is not None and _is_product(number):
        return show("product", number, 1)
    return _place(turn, fields.amount(turn.typed, QRIS_LEAST, QRIS_MOST, "money_amount"))


def _place(turn: Turn, amount: int) -> Reply:
    limits.spend("checkout", turn.person.id)
    shown_in = turn.event.message_id if turn.event.is_press else None
    order = checkout.deposit(turn.person.id, amount, message_id=shown_in)
    return show("preparing", order.id)


def _is_product(number: int) -> bool:
    """The keyboard under the chat types products' numbers, and whatever is pressed next wins."""
    try:
        products.get(number)
    except Unknown:
        return False
    return True

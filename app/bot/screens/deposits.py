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
from app.infra import limits
from app.money import QRIS_LEAST, QRIS_MOST
from app.sales import checkout, orders
from app.sales.orders import Wish
from app.texts.screens import deposits as texts
from models import Order, User

INPUT = "deposit"
AMOUNTS = (10_000, 25_000, 50_000, 100_000, 200_000, 500_000)
AMOUNTS_A_ROW = 3


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


def choose(turn: Turn, amount: int, latest: int, wish: Wish | None = None) -> Reply:
    """A quick amount. `latest`: the newest order when the button was drawn. Raises OpenOrder."""
    newest = orders.latest_id(turn.person.id)
    if newest > latest and orders.get(newest).state == Order.PENDING:
        return purchase.still_open(turn, newest, pressed_twice=True)
    return _place(turn, amount, wish)


def fill(turn: Turn, product_id: int, quantity: int, amount: int, latest: int, voucher: int = 0) -> Reply:
    """`Deposit` of what is missing for a purchase, to which it leads back. Raises OpenOrder."""
    return choose(turn, amount, latest, Wish(product_id, quantity, voucher))


def take(turn: Turn) -> Reply:
    """A typed amount. Raises WrongFormat, OpenOrder."""
    return _place(turn, fields.amount(turn.typed, QRIS_LEAST, QRIS_MOST, "money_amount"))


def _place(turn: Turn, amount: int, wish: Wish | None = None) -> Reply:
    limits.spend("checkout", turn.person.id)
    shown_in = turn.event.message_id if turn.event.is_press else None
    order = checkout.deposit(turn.person.id, amount, wish=wish, message_id=shown_in)
    return show("preparing", order.id)

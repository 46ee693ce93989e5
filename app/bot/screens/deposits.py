"""`Deposit`: an amount, pressed or typed, becomes an order whose QR fills the balance."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.screens import checkout as purchase
from app.bot.screens.vouchers import carried
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
#: The same for a purchase that the balance is too little for.
FOR = "deposit_for"
AMOUNTS = (10_000, 25_000, 50_000, 100_000, 200_000, 500_000)
AMOUNTS_A_ROW = 3


def ask(turn: Turn) -> Reply:
    turn.session.wait(INPUT)
    return show("deposit")


def ask_for(turn: Turn, product_id: int, quantity: int, voucher: int = 0) -> Reply:
    """`Jumlah Lain` than what is missing, and `Kembali` under such a deposit that ended."""
    turn.session.wait(FOR, product=product_id, quantity=quantity, voucher=voucher)
    return show("deposit", product_id, quantity, voucher)


def deposit(person: User, product_id: int = 0, quantity: int = 0, voucher: int = 0) -> Screen:
    """For a purchase, if it names a product: then it leads back there, and so does every amount."""
    bounds = {"least": money.rupiah(QRIS_LEAST), "most": money.rupiah(QRIS_MOST)}
    latest = orders.latest_id(person.id)
    tail = carried(voucher)

    def of(amount: int) -> str:
        if product_id:
            return pack("deposit_for", product_id, quantity, amount, latest, *tail)
        return pack("deposit_of", amount, latest)

    buttons = [Button(money.rupiah(amount), of(amount)) for amount in AMOUNTS]
    rows = [buttons[at : at + AMOUNTS_A_ROW] for at in range(0, len(buttons), AMOUNTS_A_ROW)]
    text = texts.ASK(balance=money.rupiah(person.balance), **bounds)
    to_purchase = keyboards.back("balance", product_id, quantity, *tail)
    return Screen(text, [*rows, *(to_purchase if product_id else keyboards.back("account"))])


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
    return _place(turn, _typed(turn))


def take_for(turn: Turn, product_id: int, quantity: int, voucher: int) -> Reply:
    """The same, for a purchase. Raises WrongFormat, OpenOrder."""
    return _place(turn, _typed(turn), Wish(product_id, quantity, voucher))


def _typed(turn: Turn) -> int:
    return fields.amount(turn.typed, QRIS_LEAST, QRIS_MOST, "money_amount")


def _place(turn: Turn, amount: int, wish: Wish | None = None) -> Reply:
    limits.spend("checkout", turn.person.id)
    shown_in = turn.event.message_id if turn.event.is_press else None
    order = checkout.deposit(turn.person.id, amount, wish=wish, message_id=shown_in)
    return show("preparing", order.id)

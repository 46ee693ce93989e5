"""A product's page, where the quantity is chosen."""

from __future__ import annotations

from app import catalogue, money, orders
from app.bot import html, keyboards
from app.bot.callbacks import pack
from app.bot.html import Html
from app.bot.reply import Reply, show
from app.bot.screen import Button, Rows, Screen
from app.bot.texts import shop as texts
from app.bot.turn import Turn
from app.errors import UnknownProduct
from models import Product, User

NAME_UNITS, DESCRIPTION_UNITS = 200, 3000
STEPS = (("-", -1), ("+", 1), ("+2", 2), ("+5", 5), ("+10", 10))


def open_number(_turn: Turn, number: int) -> Reply:
    return show("product", number, 1)


def product(person: User, product_id: int, wanted: int) -> Screen:
    """Raises UnknownProduct. A quantity that cannot be had becomes the nearest one that can."""
    found = catalogue.get(product_id)
    if not found.available:
        return Screen(_page(found, person) + texts.SOLD_OUT(), _leave())
    most = min(found.available, orders.MOST_ITEMS)
    quantity = min(max(wanted, 1), most)
    amount = texts.AMOUNT(
        quantity=quantity,
        total=money.rupiah(catalogue.price_for(found, person) * quantity),
        note=texts.ONLY_SO_MANY(most=most) if wanted > most else "",
    )
    return Screen(_page(found, person) + amount, _buttons(found.id, quantity))


def from_link(turn: Turn) -> Reply:
    """`/start p_101`; raises UnknownProduct for a link that was made up."""
    number = turn.rest.removeprefix("p_")
    if not (number.isdecimal() and len(number) <= 10):
        raise UnknownProduct
    return show("product", int(number), 1)


def _page(product: Product, person: User) -> Html:
    text = html.cut(product.description, DESCRIPTION_UNITS)
    return texts.PRODUCT(
        name=html.cut(product.name, NAME_UNITS),
        number=product.id,
        description=texts.DESCRIPTION(text=text) if text else "",
        price=money.rupiah(catalogue.price_for(product, person)),
        available=product.available,
        sold=product.sold,
    )


def _buttons(product_id: int, quantity: int) -> Rows:
    steps = [Button(label, pack("product", product_id, max(1, quantity + step))) for label, step in STEPS]
    return [steps, [Button(keyboards.TO_PAYMENT, pack("summary", product_id, quantity))], *_leave()]


def _leave() -> Rows:
    return [[Button(keyboards.CANCEL, pack("home"))]]

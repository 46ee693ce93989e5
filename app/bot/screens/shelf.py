"""What a product costs and how much of it is left, as people read it."""

from __future__ import annotations

from collections.abc import Sequence

from app import money
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.screen import Button, Rows
from app.catalogue import products, stock
from app.catalogue.prices import Offer
from app.texts import html, numbers
from app.texts.html import Html
from app.texts.screens import shelf as texts
from models import Product, User

#: Of a name on a button, so that the price behind it is seen on a phone.
NAME_UNITS = 26


def price(offer: Offer) -> Html:
    """With the old price before it, struck through, where there is a discount."""
    return texts.PRICE(was=was(offer), price=money.rupiah(offer.price))


def was(offer: Offer) -> Html:
    """The old price and a space, or nothing."""
    return texts.WAS(full=money.rupiah(offer.full)) if offer.full > offer.price else Html()


def left(product: Product) -> str:
    """A number, or that there is no end to it."""
    return texts.ENDLESS.said() if product.shared_kind else numbers.count(product.available)


def left_or_none(product: Product) -> str:
    """The same for lists, where none has a word of its own."""
    return left(product) if stock.left(product) else texts.SOLD_OUT.said()


def buttons(listed: Sequence[Product], person: User) -> Rows:
    """A list of products: each on a button with what it costs this person, or that there is none left."""
    return [
        [Button(_label(product, offer), pack("product", product.id, 1))]
        for product, offer in zip(listed, products.offers(listed, person), strict=True)
    ]


def _label(product: Product, offer: Offer) -> str:
    price = money.rupiah(offer.price) if stock.left(product) else texts.SOLD_OUT
    return keyboards.LISTED.plain(name=html.cut(product.name, NAME_UNITS), price=price)

"""What a product costs and how much of it is left, as people read it."""

from __future__ import annotations

from app import money
from app.catalogue import stock
from app.catalogue.prices import Offer
from app.texts.html import Html
from app.texts.screens import shelf as texts
from models import Product


def price(offer: Offer) -> Html:
    """With the old price before it, struck through, where there is a discount."""
    return texts.PRICE(was=was(offer), price=money.rupiah(offer.price))


def was(offer: Offer) -> Html:
    """The old price and a space, or nothing."""
    return texts.WAS(full=money.rupiah(offer.full)) if offer.full > offer.price else Html()


def discount(off: int, total: int) -> Html:
    """Lines of a bill between the subtotal and what follows; nothing without a discount."""
    return texts.DISCOUNT(discount=money.rupiah(off), total=money.rupiah(total)) if off else Html()


def left(product: Product) -> str:
    """A number, or that there is no end to it."""
    return texts.ENDLESS if product.shared_kind else str(product.available)


def stock_of(product: Product) -> Html:
    """For lists: how many, or sold out."""
    if product.shared_kind:
        return Html(texts.ENDLESS)
    return texts.IN_STOCK(available=left(product)) if stock.left(product) else texts.OUT_OF_STOCK()

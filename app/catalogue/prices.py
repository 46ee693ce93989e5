"""What things cost: a person's price, less the better of two discounts. Arithmetic only, nothing is read.

A reseller starts from the reseller price if that is lower, everybody else from the price. The discount of the
product or of its category, whichever takes off more there, is subtracted; one rupiah always remains.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 1


@dataclass(frozen=True)
class Discount:
    """Percent or rupiah, never both; neither is no discount."""

    percent: int | None = None
    amount: int | None = None

    def off(self, price: int) -> int:
        """Rupiah taken off; a broken rupiah stays with the shop."""
        return self.amount or price * (self.percent or 0) // 100


@dataclass(frozen=True)
class Offer:
    """One item for one person: `price` is paid, `full` is what it would be without the discount."""

    full: int
    price: int


@dataclass(frozen=True)
class Bill:
    """So many items: what a summary shows and an order records, in rupiah."""

    offer: Offer
    quantity: int

    @property
    def subtotal(self) -> int:
        return self.offer.full * self.quantity

    @property
    def discount(self) -> int:
        return self.subtotal - self.total

    @property
    def total(self) -> int:
        return self.offer.price * self.quantity


def offer(price: int, reseller_price: int | None, discounts: Iterable[Discount]) -> Offer:
    """`reseller_price` only for those who get it."""
    full = min(price, reseller_price or price)
    off = max((discount.off(full) for discount in discounts), default=0)
    return Offer(full, max(LEAST, full - off))

"""Orders under warranty, and claims of their items."""

from __future__ import annotations

from app.catalogue import listings
from app.sales import orders, settlement, warranty
from models import Claim, Order
from tests.support import broken, given
from tests.support.given import ALICE

SPARE = ["SPARE-1", "SPARE-2"]


def product(days: int | None = 30, quantity: int = 1, spare: int = 1, price: int = 25_000) -> int:
    """With goods for one order of so many, and some more."""
    lines = [f"akun{number}@contoh.com|sandi-{number}" for number in range(1, quantity + 1)]
    made = given.product(stock_lines=[*lines, *SPARE[:spare]], price=price)
    if days:
        listings.change(made.id, warranty_days=days)
    return made.id


def order(
    user_id: int = ALICE, days: int | None = 30, quantity: int = 1, spare: int = 1, price: int = 25_000
) -> Order:
    """Delivered and under warranty; so many more are on the shelf."""
    return delivered(user_id, product(days, quantity, spare, price), quantity)


def delivered(user_id: int, product_id: int, quantity: int = 1, **more: str) -> Order:
    placed = given.unopened(user_id, product_id, quantity, **more)
    if placed.state == Order.PENDING:
        settlement.note_opened(placed.id, given.answer(placed))
        settlement.settle(placed.id, given.status(placed))
    hand_over(placed)
    return orders.get(placed.id)


def hand_over(placed: Order) -> None:
    """What waits to be sent reaches the buyer, and its job is done."""
    broken.hand_over(orders.get(placed.id))
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order' AND args->>0 = %s", str(placed.id))


def item(placed: Order, number: int = 1) -> int:
    """The id of what the buyer has."""
    return warranty.items(placed)[number - 1].id


def opened(placed: Order | None = None, number: int = 1, complaint: str = "tidak bisa masuk") -> Claim:
    placed = placed or order()
    return warranty.claim(placed.id, item(placed, number), complaint, user_id=placed.user_id)

"""What a delivered order is still worth, and giving that back as balance, once an order.

    worth = what was paid × (30 - days used) / 30 × factor, whole rupiah, rounded down, never negative

The factor falls with the days used, and further with the warranty claims that were met. The owner may change
the factors; orders that never got their goods are not refunded but credited (settlement.credit).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from app import audit
from app.errors import AmountOutOfRange, OrderClosed, RefundedBefore
from app.infra import stored, transactions
from app.infra.queue import outbox
from app.sales import claims, orders, settlement, wallet
from models import LedgerEntry, Order, utcnow

#: Goods are worth nothing after so many days; up to so many they count as new.
DAYS, NEW_DAYS = 30, 7

_KEY = "refund_factors"


@dataclass(frozen=True)
class Factors:
    """In percent: used under 7 days, used longer; after 1 or 2 warranty claims, after 3, after more."""

    new: int = 80
    used: int = 70
    claimed: int = 60
    claimed_3: int = 50
    claimed_more: int = 40

    def of(self, days: int, claims: int) -> int:
        if claims > 3:
            return self.claimed_more
        if claims == 3:
            return self.claimed_3
        if claims > 0:
            return self.claimed
        return self.new if days < NEW_DAYS else self.used


@dataclass(frozen=True)
class Worth:
    """What a refund would be now, and why. `factor` is in percent."""

    paid: int
    days: int
    claims: int
    factor: int
    amount: int


@dataclass(frozen=True)
class Given:
    """So much became balance again."""

    amount: int
    at: datetime


def factors() -> Factors:
    return Factors(**stored.get(_KEY, {}))


def set_factors(wanted: Factors) -> Factors:
    """From now on; returns those that held until now. Each is 0 to 100 percent: callers check."""
    with transactions.atomic():
        before = factors()
        stored.put(_KEY, asdict(wanted))
        audit.record(
            "refunds.factors_changed", f"setting:{_KEY}", before=asdict(before), after=asdict(wanted)
        )
        return before


def fraction(factor: int) -> str:
    """A factor as people write it: `0.8`."""
    return f"{factor / 100:.2f}".removesuffix("0")


def worth(order: Order) -> Worth:
    """Of what was not given back for single items. Raises OrderClosed for an order without its goods."""
    return _worth(order, paid_left(order))


def worth_of_item(order: Order) -> Worth:
    """The same of one of its items. Raises OrderClosed."""
    return _worth(order, paid_for_item(order))


def paid_left(order: Order) -> int:
    """What was paid for the items whose money was not given back, in rupiah."""
    return settlement.paid_for(order) - claims.refunded_items(order) * paid_for_item(order)


def paid_for_item(order: Order) -> int:
    """Each item cost the same; what cannot be divided belongs to none."""
    return settlement.paid_for(order) // order.quantity


def _worth(order: Order, paid: int) -> Worth:
    if order.state != Order.DELIVERED or order.delivered_at is None:
        raise OrderClosed(order.state)
    days = max(0, (utcnow() - order.delivered_at).days)
    factor = factors().of(days, order.claims)
    amount = paid * max(0, DAYS - days) * factor // (DAYS * 100)
    return Worth(paid, days, order.claims, factor, amount)


def give(order_id: int, amount: int, *, note: str, actor_id: int) -> Order:
    """Part or all of what a delivered order cost becomes balance again; the order stays delivered.

    Warranty claims that wait for an answer have one with that. Raises OrderClosed, RefundedBefore,
    AmountOutOfRange, Unknown.
    """
    with transactions.atomic():
        order = orders.lock(order_id)
        if order.state != Order.DELIVERED:
            raise OrderClosed(order.state)
        if is_refunded(order):
            raise RefundedBefore
        most = paid_left(order)
        if not 1 <= amount <= most:
            raise AmountOutOfRange(amount, 1, most, "booking")
        if not wallet.post(order.user_id, amount, _reason(order), note=note, actor_id=actor_id):
            raise RefundedBefore
        claims.drop_open(order)
        audit.record("order.refunded", f"order:{order.invoice}", amount=amount)
        outbox.add("send_notice", order.user_id, "refunded", {"order_id": order.id, "amount": amount})
        return order


def is_refunded(order: Order) -> bool:
    return wallet.is_posted(_reason(order))


def given(listed: Sequence[Order]) -> dict[int, Given]:
    """What of these orders was refunded, by their ids."""
    reasons = {_reason(order): order.id for order in listed}
    entries = LedgerEntry.select().where(LedgerEntry.reason.in_(list(reasons)))
    return {reasons[entry.reason]: Given(entry.amount, entry.created_at) for entry in entries}


def _reason(order: Order) -> str:
    return f"order:{order.invoice}:refund"

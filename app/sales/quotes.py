"""What the gateway adds to an amount, as it said itself a while ago; screens show it before the checkout.

Asking is a worker's business: whoever is shown a price makes the fee known for the page that comes next.
"""

from __future__ import annotations

from datetime import timedelta

from app.infra.prepared import GIVEN, Prepared
from models import Quote, utcnow

#: The owner may change in the gateway's dashboard who bears the fee.
FRESH = timedelta(hours=1)

_ASKED = Prepared(Quote.select(Quote.fee).where(Quote.amount == GIVEN, Quote.asked_at > GIVEN))


def fee(amount: int) -> int | None:
    """In rupiah; None when the gateway has not been asked lately."""
    found = _ASKED.first(amount, utcnow() - FRESH)
    return int(found.fee) if found else None


def note(amount: int, fee: int) -> None:
    fresh = {"fee": fee, "asked_at": utcnow()}
    Quote.insert(amount=amount, **fresh).on_conflict(conflict_target=[Quote.amount], update=fresh).execute()


def forget_old() -> int:
    """Amounts are as many as prices and vouchers make; returns how many rows went."""
    return int(Quote.delete().where(Quote.asked_at < utcnow() - FRESH).execute())

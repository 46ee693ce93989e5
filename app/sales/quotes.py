"""What the gateway adds to an amount, as it said itself a while ago; screens show it before the checkout.

Asking is a worker's business: whoever is shown a price makes the fee known for the page that comes next.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.infra.prepared import GIVEN, Prepared
from models import Quote, utcnow

#: The owner may change in the gateway's dashboard who bears the fee.
FRESH = timedelta(hours=1)

_ASKED = Prepared(
    Quote.select(Quote.fee, Quote.asked_at).where(Quote.amount == GIVEN, Quote.asked_at > GIVEN)
)

#: What this process has read, by amount: the fee, and when it was asked. Every press on a product wants it,
#: and while it is fresh nobody asks the gateway again: the database would say the same.
known: dict[int, tuple[int, datetime]] = {}
MOST_KNOWN = 1_000


def fee(amount: int) -> int | None:
    """In rupiah; None when the gateway has not been asked lately."""
    since = utcnow() - FRESH
    told, asked_at = known.get(amount, (None, since))
    if asked_at > since:
        return told
    found = _ASKED.first(amount, since)
    if found is None:
        return None
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[amount] = int(found.fee), found.asked_at
    return int(found.fee)


def note(amount: int, fee: int) -> None:
    fresh = {"fee": fee, "asked_at": utcnow()}
    Quote.insert(amount=amount, **fresh).on_conflict(conflict_target=[Quote.amount], update=fresh).execute()


def forget_old() -> int:
    """Amounts are as many as prices and vouchers make; returns how many rows went."""
    return int(Quote.delete().where(Quote.asked_at < utcnow() - FRESH).execute())

"""Thirty days of a small shop, invented: who wanted what and when, and whether they went through with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.infra import times

DAYS = 30
#: Everything is over for so long when the visitor comes.
CALM = timedelta(minutes=75)
DELIVERED, EXPIRED, CANCELED = "delivered", "expired", "canceled"
#: Of a hundred orders that a QR is shown for.
ENDS, SHARES = (DELIVERED, EXPIRED, CANCELED), (86, 10, 4)
#: How busy each hour of the day is, from midnight.
HOURS = (2, 1, 1, 0, 0, 1, 2, 3, 4, 5, 6, 6, 8, 6, 5, 6, 6, 7, 9, 11, 12, 10, 7, 4)
DEPOSITS = (50_000, 100_000, 150_000, 200_000)
#: One of so many orders is a deposit.
DEPOSIT_EVERY = 14


@dataclass(frozen=True)
class Wish:
    """Somebody ordered. `product` is None for a deposit of `amount`; `pause_s` is how long paying took."""

    at: datetime
    user: int
    product: int | None
    quantity: int
    amount: int
    end: str
    pause_s: int


def wishes(now: datetime, people: Sequence[int], products: Sequence[int]) -> Iterator[Wish]:
    """Oldest first. The first of `people` and of `products` are the busiest."""
    dice = Random(20_261)  # noqa: S311 (a story, no secret)
    today = times.midnight(now.astimezone(times.WIB))
    for days_ago in range(DAYS, -1, -1):
        day = today - timedelta(days=days_ago)
        seconds = dice.choices(range(24), HOURS, k=_how_many(dice, day, days_ago))
        moments = sorted(day + timedelta(hours=hour, seconds=dice.randrange(3600)) for hour in seconds)
        for at in moments:
            if at < now - CALM:
                yield _wish(dice, at, people, products)


def _how_many(dice: Random, day: datetime, days_ago: int) -> int:
    """A shop that grows, and sells more at the weekend."""
    return 6 + (DAYS - days_ago) // 6 + 3 * (day.weekday() >= 5) + dice.randrange(5)


def _wish(dice: Random, at: datetime, people: Sequence[int], products: Sequence[int]) -> Wish:
    is_deposit = dice.randrange(DEPOSIT_EVERY) == 0
    return Wish(
        at=at,
        user=_one(dice, people),
        product=None if is_deposit else _one(dice, products),
        quantity=1 if is_deposit else dice.choices((1, 2, 3), (85, 11, 4))[0],
        amount=dice.choice(DEPOSITS),
        end=DELIVERED if is_deposit else dice.choices(ENDS, SHARES)[0],
        pause_s=dice.randrange(15, 200),
    )


def _one(dice: Random, among: Sequence[int]) -> int:
    return among[int(dice.random() ** 2 * len(among))]

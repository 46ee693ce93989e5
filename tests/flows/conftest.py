"""Whole flows through the chat: people tap, customers pay, time passes, workers work."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from freezegun import freeze_time

from app.infra import redis_client
from app.people import broadcasts
from models import Broadcast, utcnow
from tests.support import broken

Passing = Callable[[float], None]


@pytest.fixture
def time_passes(pakasir, telegram, drain, valkey) -> Iterator[Passing]:
    """Move the clock by so many seconds; what is due then is done, sweeps aside."""
    with freeze_time(utcnow()) as clock:

        def passes(seconds: float) -> None:
            clock.tick(seconds)
            if keys := valkey.keys(redis_client.key("limit", "*")):
                valkey.delete(*keys)
            pakasir.forget_rates()
            drain()

        yield passes


@pytest.fixture
def broadcast_ends(time_passes: Passing) -> Callable[..., None]:
    """Call it to wait until a broadcast has reached everybody and says so."""

    def ends(number: int = 1) -> None:
        for _ in range(30):
            if broadcasts.get(number).state == Broadcast.DONE:
                break
            time_passes(1)
        time_passes(4)  # the progress is shown every three seconds

    return ends


@pytest.fixture
def checkout(alice, shop) -> Callable[..., str]:
    """Alice walks from the list to the QR; the invoice of her order."""

    def checkout(product: str, quantity_taps: tuple[str, ...] = (), pay: str = "QRIS") -> str:
        shop.knows(alice.id, "Alice", "alice")
        alice.sends("/start").taps("Semua Produk").taps(product)
        for tap in quantity_taps:
            alice.taps(tap)
        alice.taps("Lanjut ke pembayaran").taps(pay)
        return alice.last_order

    return checkout


@pytest.fixture(autouse=True)
def _nothing_is_broken(database: object) -> Iterator[None]:
    """However a flow ends, the books agree."""
    yield
    assert broken.breaches() == []

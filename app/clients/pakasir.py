"""The payment gateway, whichever of its versions the project uses. Wire only: no database, no decision."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import settings
from app.clients import pakasir_v1, pakasir_v2
from app.clients.pakasir_answers import Fee, Opened, Status
from app.clients.pakasir_http import TIMEOUT_S
from settings import Settings


class Gateway(Protocol):
    """Every method raises a ClientError leaf: Flood (our limit or theirs), Unreachable, NotFound (perhaps
    not yet), Refused (for good), Malformed (an answer not to be believed). Redis errors pass through."""

    def open(
        self, invoice: str, amount: int, *, yields: bool = False, timeout_s: float = TIMEOUT_S
    ) -> Opened:
        """Find or create the payment of an invoice; repeat it freely with the same amount, which is without
        the gateway's fee. The QR is checked, unless it is a sandbox's sample or the payment is over.
        `yields`: while others wait for theirs, they go first, though not for ever. `timeout_s`: how long the
        buyer can still wait; a brief call tells nobody that the gateway is silent."""

    def status(self, txn_id: str, invoice: str, amount: int) -> Status:
        """What the gateway says now, not yet compared with anything."""

    def cancel(self, txn_id: str, invoice: str, amount: int) -> None:
        """Ask to make the QR unpayable. No answer proves anything, not even a 200, and nobody knows how a
        refusal is worded: whatever comes back, `status` decides."""

    def fee(self, amount: int) -> Fee:
        """The fee for an amount, estimated if the gateway cannot be asked; raises no ClientError."""

    def probe(self) -> None:
        """Return if the gateway answers sensibly."""


def client() -> Gateway:
    """This process's client for the current settings; thread-safe."""
    return _client_for(settings.current())


# Kept by the settings' values, so that a test's override gets a client of its own.
@lru_cache(maxsize=4)
def _client_for(current: Settings) -> Gateway:
    return pakasir_v1.Client(current) if current.pakasir_api_version == 1 else pakasir_v2.Client(current)

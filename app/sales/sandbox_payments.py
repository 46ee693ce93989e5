"""Payments without money: while PAKASIR_SANDBOX is on, whoever pays at a sandbox project gets real goods."""

from __future__ import annotations

import settings
from app.infra import stored, transactions
from app.people import notices

_KEY = "sandbox_told"


def announce() -> None:
    """Tell the admins when this deployment begins or ends to count such payments: once, whoever asks."""
    with transactions.atomic():
        on = settings.current().pakasir_sandbox
        if stored.put_new(_KEY, True) if on else stored.drop(_KEY):
            notices.to_admins("sandbox", on=on)

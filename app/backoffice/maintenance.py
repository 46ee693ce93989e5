"""The closed sign: while it is up only admins are served. Payments and deliveries go on."""

from __future__ import annotations

from app import audit
from app.infra import stored, transactions

KEY = "maintenance"


def switch(*, on: bool) -> bool:
    """Put the sign up or take it down; False when it was so already."""
    with transactions.atomic():
        before = bool(stored.lock(KEY, False))
        if before == on:
            return False
        stored.put(KEY, on)
        audit.record("shop.maintenance", f"setting:{KEY}", before=before, after=on)
        return True

"""The closed sign: while it is up only admins are served. Payments and deliveries go on."""

from __future__ import annotations

from app import audit
from app.infra import transactions
from models import Setting

KEY = "maintenance"


def switch(*, on: bool) -> bool:
    """Put the sign up or take it down; False when it was so already."""
    with transactions.atomic():
        Setting.insert(key=KEY, value=False).on_conflict_ignore().execute()
        before = bool(Setting.select().where(Setting.key == KEY).for_update(transactions.LOCK).get().value)
        if before == on:
            return False
        Setting.update(value=on).where(Setting.key == KEY).execute()
        audit.record("shop.maintenance", f"setting:{KEY}", before=before, after=on)
        return True

"""Payments without money: while PAKASIR_SANDBOX is on, whoever pays at a sandbox project gets real goods."""

from __future__ import annotations

import settings
from app.infra import transactions
from app.people import notices
from models import Setting, db

_KEY = "sandbox_told"


def tell() -> None:
    """Tell the admins when this deployment begins or ends to count such payments: once, whoever asks."""
    with transactions.atomic():
        if settings.current().pakasir_sandbox:
            changed = _mark()
        else:
            changed = Setting.delete().where(Setting.key == _KEY).execute() == 1
        if changed:
            notices.to_admins("sandbox", on=settings.current().pakasir_sandbox)


def _mark() -> bool:
    """Whether this call was the one that noticed."""
    query = "INSERT INTO setting (key, value) VALUES (%s, 'true') ON CONFLICT DO NOTHING RETURNING key"
    return db.execute_sql(query, (_KEY,)).fetchone() is not None

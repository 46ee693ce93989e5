"""What the admins are told. Each notice is a promise in the outbox, one a recipient."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import users
from app.infra import outbox
from models import Setting, db, utcnow

#: How long one alarm of a kind stands for all that follow.
QUIET = timedelta(minutes=5)


def to_admins(kind: str, **data: Any) -> None:
    """Promise a notice of this kind (see app/bot/notices.py) to every admin."""
    for admin in users.admin_ids():
        outbox.add("send_notice", admin, kind, data)


def alarm(kind: str, **data: Any) -> bool:
    """Tell the admins unless they were told of the same kind a short while ago; True when they are told."""
    now = utcnow()
    fresh = db.execute_sql(
        "INSERT INTO setting (key, value) VALUES (%s, to_jsonb(%s::float8)) "
        "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value "
        "WHERE (setting.value)::float8 < %s RETURNING key",
        (f"alarm:{kind}", now.timestamp(), (now - QUIET).timestamp()),
    ).fetchone()
    if fresh:
        to_admins(kind, **data)
    return fresh is not None


def since(key: str) -> float:
    """The moment (Unix seconds) up to which a batched notice has reported; 0 before the first."""
    row = Setting.get_or_none(Setting.key == key)
    return float(row.value) if row else 0.0

"""What the shop remembers about itself: one JSON value a key. Nothing else writes the table `setting`."""

from __future__ import annotations

from typing import Any

from app.infra import transactions
from app.infra.prepared import GIVEN, Prepared
from models import Setting, db

_BY_KEY = Prepared(Setting.select().where(Setting.key == GIVEN))


def get(key: str, default: Any = None) -> Any:
    row = _BY_KEY.first(key)
    return row.value if row else default


def put(key: str, value: Any) -> None:
    row = Setting.insert(key=key, value=value)
    row.on_conflict(conflict_target=[Setting.key], preserve=[Setting.value]).execute()


def put_new(key: str, value: Any) -> bool:
    """Unless something is kept already; False then."""
    return bool(list(Setting.insert(key=key, value=value).on_conflict_ignore().returning(Setting.key)))


def drop(key: str) -> bool:
    """False when nothing was kept."""
    return bool(Setting.delete().where(Setting.key == key).execute())


def lock(key: str, default: Any) -> Any:
    """The value, from now on `default` if there was none; locked until the transaction ends."""
    put_new(key, default)
    return Setting.select().where(Setting.key == key).for_update(transactions.LOCK).get().value


def add(key: str, more: int) -> None:
    """To a counter that begins at 0."""
    db.execute_sql(
        "INSERT INTO setting (key, value) VALUES (%s, to_jsonb(%s::bigint)) ON CONFLICT (key) DO UPDATE "
        "SET value = to_jsonb((setting.value)::bigint + (excluded.value)::bigint)",
        (key, more),
    )


def advance(key: str, to: float, *, from_below: float) -> bool:
    """Unless the number that is kept is `from_below` or more; False then. Of many at once one succeeds."""
    moved = db.execute_sql(
        "INSERT INTO setting (key, value) VALUES (%s, to_jsonb(%s::float8)) ON CONFLICT (key) DO UPDATE "
        "SET value = excluded.value WHERE (setting.value)::float8 < %s RETURNING key",
        (key, to, from_below),
    )
    return moved.fetchone() is not None

"""For how long this process has run, and whether the database is as new as its release."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from app import migrations
from models import db

_STARTED_S = time.monotonic()


@dataclass(frozen=True)
class Schema:
    """`latest` is the newest migration applied, `missing` how many are not."""

    latest: str
    missing: int


def uptime() -> timedelta:
    """Since this process began to work."""
    return timedelta(seconds=int(time.monotonic() - _STARTED_S))


def schema() -> Schema:
    applied: list[str] = []
    if db.table_exists("schema_migration"):
        applied = [name for (name,) in db.execute_sql(migrations.APPLIED)]
    return Schema(max(applied, default="-"), len(migrations.missing(applied)))

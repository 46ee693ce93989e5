"""Which release runs, for how long this process has, and whether the database is as new."""

from __future__ import annotations

import time
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from app import migrations
from models import db

_STARTED_S = time.monotonic()


@dataclass(frozen=True)
class Schema:
    """`latest` is the newest migration applied, `missing` how many are not."""

    latest: str
    missing: int


@lru_cache(maxsize=1)
def number() -> str:
    """The package's version, written in pyproject.toml and nowhere else."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def uptime() -> timedelta:
    """Since this process began to work."""
    return timedelta(seconds=int(time.monotonic() - _STARTED_S))


def schema() -> Schema:
    applied: list[str] = []
    if db.table_exists("schema_migration"):
        applied = [name for (name,) in db.execute_sql(migrations.APPLIED)]
    return Schema(max(applied, default="-"), len(migrations.missing(applied)))

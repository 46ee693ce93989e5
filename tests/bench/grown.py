"""The database of a large shop without its processes, and what is asked of it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

import models
import settings
from app.infra import crypto, logs
from app.local import embedded
from app.ops import migrate
from models import db
from tests.bench import filling, ops_page
from tests.bench.filling import Size

ADMIN = 2
FAST = {
    "fsync": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "max_wal_size": "8GB", "shared_buffers": "1GB", "effective_cache_size": "4GB", "random_page_cost": "1.1",
}  # fmt: skip
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass
class Watch:
    """What was asked of the database since `clear`."""

    queries: list[tuple[str, Any]] = field(default_factory=list)
    ms: float = 0.0

    def __call__(self, event: Any) -> None:
        self.ms += event.duration * 1000
        if not event.sql.startswith(CONTROL):
            self.queries.append((event.sql, event.params))

    def clear(self) -> None:
        self.queries, self.ms = [], 0.0


@contextmanager
def empty_shop() -> Iterator[str]:
    """A database with its tables, and the URL of its superuser."""
    with (
        tempfile.TemporaryDirectory(prefix="quickcart-scale-") as folder,
        embedded.postgres(Path(folder) / "postgres", **FAST) as server,
        embedded.valkey(Path(folder) / "valkey") as redis_url,
        settings.override(**values(server.ensure("shop"), redis_url)),
    ):
        models.connect(settings.current().database_url)
        logs.setup("bench")
        migrate.apply()
        yield server.url("shop", "postgres")
        db.close_all()


def fill(url: str, size: Size) -> None:
    filling.fill(url, size, crypto.encrypt("a@b.example|secret"), _teller())
    ops_page.fill(url)


@contextmanager
def watched() -> Iterator[Watch]:
    watch = Watch()
    with db.connection_context():
        db.query_hooks.append(watch)
        yield watch
        db.query_hooks.remove(watch)


def values(database_url: str, redis_url: str) -> dict[str, object]:
    return {
        "telegram_bot_token": "100000001:bench-token-0123456789abcdefghijk",
        "telegram_api_url": "http://127.0.0.1:9",
        "pakasir_project": "bench",
        "pakasir_api_key": "bench-key",
        "pakasir_base_url": "http://127.0.0.1:9",
        "pakasir_public_url": "http://127.0.0.1:9",
        "pakasir_sandbox": True,
        "database_url": database_url,
        "audit_database_url": database_url,
        "redis_url": redis_url,
        "admin_ids": str(ADMIN),
        "stock_encryption_key": Fernet.generate_key().decode(),
        "log_level": "error",
    }


def _teller() -> Callable[[str], None]:
    started = time.monotonic()
    return lambda done: print(f"{time.monotonic() - started:6.1f} s  {done}", flush=True)

"""What is measured rather than counted: by one sweep for the whole deployment, all at once, with its time.

Who puts numbers here measures them; metrics, alerts and page read the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import redis
import redis.asyncio

from app.infra import redis_client
from app.infra.metrics import reporter
from app.infra.metrics.counters import Family


def _gauge(about: str, *labels: str) -> Family:
    return Family("gauge", about, labels)


FAMILIES = {
    "quickcart_queue_jobs": _gauge("Jobs that are due and wait for a thread.", "queue"),
    "quickcart_queue_delayed_jobs": _gauge("Jobs that are not due yet.", "queue"),
    "quickcart_queue_oldest_seconds": _gauge("For how long the first job of a queue has been due.", "queue"),
    "quickcart_outbox_jobs": _gauge("Promised jobs that are not done."),
    "quickcart_outbox_due_jobs": _gauge("Promised jobs that are due and not done."),
    "quickcart_outbox_oldest_seconds": _gauge("For how long the oldest of them has been due."),
    "quickcart_dead_letters": _gauge("Jobs that failed for good and wait for an operator."),
    "quickcart_orders": _gauge("Orders that are not over.", "state"),
    "quickcart_oldest_paid_order_seconds": _gauge("For how long the oldest paid order waits for its goods."),
    "quickcart_warranty_claims": _gauge("Warranty claims that nobody has answered."),
    "quickcart_oldest_warranty_claim_seconds": _gauge("For how long the oldest of them waits."),
    "quickcart_stock_items": _gauge("Goods on the shelf."),
    "quickcart_products": _gauge("Products on sale, by whether there are any left.", "state"),
    "quickcart_audit_backlog_events": _gauge("Audit events that the audit database has not yet."),
    "quickcart_audit_backlog_oldest_seconds": _gauge("Age of the oldest of them."),
    "quickcart_backup_age_seconds": _gauge("Age of the last backup; absent when there was none."),
    "quickcart_backup_drill_age_seconds": _gauge("Age of the last drill; absent when there was none."),
    "quickcart_backup_drill_ok": _gauge("1 when the last drill could restore, 0 when not."),
    "quickcart_verify_age_seconds": _gauge("Age of the last nightly check of all that must hold."),
    "quickcart_verify_breaches": _gauge("What it found that does not hold."),
    "quickcart_database_size_bytes": _gauge("Size of the databases; of the audit's every night.", "database"),
    "quickcart_redis_memory_bytes": _gauge("Memory that Redis uses."),
    "quickcart_redis_memory_limit_bytes": _gauge(
        "Memory that Redis may use: its own limit or the machine's."
    ),
}

#: What `web` finds when it looks whether all can be reached; of no age, as it is gone within a minute.
LOOKS = {
    "quickcart_service_up": _gauge("1 for what can be reached and is well, 0 for what is not.", "service"),
    "quickcart_webhook_pending_updates": _gauge("Updates that wait at Telegram."),
}

#: A name and the values of its labels.
Name = tuple[str, tuple[str, ...]]
#: The same with the number.
Value = tuple[str, tuple[str, ...], float]
#: Nobody shows numbers for longer than this.
KEPT_S = 3600


@dataclass(frozen=True)
class Measured:
    """Every number of the last sweep, which was `age_s` seconds ago by the clock of Redis (None: there is
    none), and of the last looks of `web`."""

    values: tuple[Value, ...]
    age_s: float | None

    def get(self, name: str, *labels: str) -> float | None:
        """None when it was not measured."""
        return next((value for *what, value in self.values if what == [name, labels]), None)


def put(client: redis.Redis, values: Iterable[Value]) -> None:
    """In place of all that was measured before. Raises redis errors."""
    seconds, micro = client.time()
    content = {"at": seconds + micro / 1e6, "values": list(values)}
    client.set(_key(), orjson.dumps(content), ex=KEPT_S)


async def put_looks(client: redis.asyncio.Redis, values: Mapping[Name, float], *, for_s: int) -> None:
    """The same of what a process of `web` sees. Raises redis errors."""
    await client.set(_looks(), orjson.dumps([(*name, value) for name, value in values.items()]), ex=for_s)


def read() -> Measured | None:
    """None when there is nothing, as after Redis was emptied. Raises redis errors."""
    with redis_client.shared().pipeline(transaction=False) as pipe:
        ask(pipe)
        return parse(*pipe.execute())


def ask(pipe: Any) -> None:
    """The three questions whose answers `parse` takes."""
    pipe.get(_key())
    pipe.get(_looks())
    pipe.time()


def parse(content: bytes | None, looks: bytes | None, now: tuple[int, int]) -> Measured | None:
    if content is None and looks is None:
        return None
    known = orjson.loads(content) if content else {"at": None, "values": []}
    everything = [*known["values"], *orjson.loads(looks or b"[]")]
    values = tuple((name, tuple(labels), value) for name, labels, value in everything)
    age_s = None if known["at"] is None else max(0.0, now[0] + now[1] / 1e6 - known["at"])
    return Measured(values, age_s)


def _key() -> str:
    return reporter.key("measured")


def _looks() -> str:
    return reporter.key("looks")

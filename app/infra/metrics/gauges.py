"""What is measured rather than counted: by one sweep for the whole deployment, all at once, with its time.

Who puts numbers here measures them; metrics, alerts and page read the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
import redis

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
    "quickcart_stock_items": _gauge("Goods on the shelf."),
    "quickcart_products": _gauge("Products on sale, by whether there are any left.", "state"),
    "quickcart_audit_backlog_events": _gauge("Audit events that the audit database has not yet."),
    "quickcart_audit_backlog_oldest_seconds": _gauge("Age of the oldest of them."),
    "quickcart_backup_age_seconds": _gauge("Age of the last backup; absent when there was none."),
    "quickcart_backup_drill_age_seconds": _gauge("Age of the last drill; absent when there was none."),
    "quickcart_backup_drill_ok": _gauge("1 when the last drill could restore, 0 when not."),
    "quickcart_database_size_bytes": _gauge("Size of the shop's database."),
    "quickcart_redis_memory_bytes": _gauge("Memory that Redis uses."),
    "quickcart_redis_memory_limit_bytes": _gauge(
        "Memory that Redis may use: its own limit or the machine's."
    ),
}

#: A name, the values of its labels, and the number.
Value = tuple[str, tuple[str, ...], float]
#: Nobody shows numbers for longer than this.
KEPT_S = 3600


@dataclass(frozen=True)
class Measured:
    """Every number of one sweep, `age_s` seconds after it by the clock of Redis."""

    values: tuple[Value, ...]
    age_s: float

    def get(self, name: str, *labels: str) -> float | None:
        """None when it was not measured."""
        return next((value for *what, value in self.values if what == [name, labels]), None)


def put(client: redis.Redis, values: Iterable[Value]) -> None:
    """In place of all that was measured before. Raises redis errors."""
    seconds, micro = client.time()
    content = {"at": seconds + micro / 1e6, "values": list(values)}
    client.set(_key(), orjson.dumps(content), ex=KEPT_S)


def read() -> Measured | None:
    """None when there is nothing, as after Redis was emptied. Raises redis errors."""
    with redis_client.shared().pipeline(transaction=False) as pipe:
        ask(pipe)
        return parse(*pipe.execute())


def ask(pipe: Any) -> None:
    """The two questions whose answers `parse` takes."""
    pipe.get(_key())
    pipe.time()


def parse(content: bytes | None, now: tuple[int, int]) -> Measured | None:
    if content is None:
        return None
    known = orjson.loads(content)
    values = tuple((name, tuple(labels), value) for name, labels, value in known["values"])
    return Measured(values, max(0.0, now[0] + now[1] / 1e6 - known["at"]))


def _key() -> str:
    return reporter.key("measured")

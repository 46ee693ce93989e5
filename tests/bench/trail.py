"""What a long audit trail costs: proving its chain, and the room that it takes.

`python -m tests.bench audit [events]`; a million unless another number is given.
"""

from __future__ import annotations

import json
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import peewee

import models
import settings
from app.audit import archive, chain, proof, seals
from app.infra import fingerprints, logs
from app.local import embedded
from app.ops import migrate
from models import db
from tests.bench import grown, report

EVENTS = 1_000_000
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)
ACTIONS = ("order.placed", "payment.opened", "payment.completed", "order.paid", "order.delivered")


def main(events: int) -> int:
    with _shop():
        _fill(events)
        return 1 if report.show(_prove(events)) else 0


def _prove(events: int) -> list[report.Figure]:
    started, busy_s = time.perf_counter(), time.process_time()
    found = proof.renew(whole=True)
    whole_s, busy_s = time.perf_counter() - started, time.process_time() - busy_s
    assert (found.problem, found.rows) == (None, events), found
    started = time.perf_counter()
    proof.renew(whole=False)
    return [
        report.figure("audit verify, per million events", whole_s * 1_000_000 / events, "s", below=60),
        report.figure("the same, processor time of its own", busy_s * 1_000_000 / events, "s"),
        report.figure("audit verify of a night without news", time.perf_counter() - started, "s", below=1),
        report.figure("audit database, per million events", archive.size() / events, "MB"),
    ]


@contextmanager
def _shop() -> Iterator[None]:
    with (
        tempfile.TemporaryDirectory(prefix="quickcart-audit-") as folder,
        embedded.postgres(Path(folder) / "postgres", **grown.FAST) as server,
        embedded.valkey(Path(folder) / "valkey") as redis_url,
    ):
        values = grown.values(server.ensure("shop"), redis_url) | {
            "audit_database_url": server.ensure("audit")
        }
        with settings.override(**values):
            models.connect(settings.current().database_url)
            logs.setup("bench")
            migrate.apply()
            with db.connection_context():
                yield
            db.close_all()


def _fill(events: int) -> None:
    """A chain as the shop would have shipped it, copied in one go."""
    started = time.monotonic()
    key = seals.key(fingerprints.token())
    with archive.opened(None) as connection:
        for some in peewee.chunked(_events(events, key), 50_000):
            assert chain.append(connection, some)
    print(f"{time.monotonic() - started:6.1f} s  a chain of {events} events", flush=True)


def _events(count: int, key: bytes) -> Iterator[chain.Event]:
    for number in range(1, count + 1):
        at = BEGUN + timedelta(seconds=number)
        action, entity = ACTIONS[number % len(ACTIONS)], f"order:TRX20240101{number // len(ACTIONS):08d}"
        told: dict[str, Any] = {
            "source": str(uuid.UUID(int=number)),
            "id": number,
            "lane": 0,
            "number": number,
            "at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "actor": "system",
            "action": action,
            "entity": entity,
            "data": '{"total": 25000, "reason": null}',
            "correlation_id": None,
        }
        told["seal"] = proof.seal(told, key)
        yield chain.Event(uuid.UUID(int=number), json.dumps(told), at, "system", action, entity)

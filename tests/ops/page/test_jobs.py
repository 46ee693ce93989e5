"""What waits, on the page; and having it done at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import redis

import settings
from app.infra import redis_client
from app.infra.queue import outbox
from app.infra.transactions import atomic
from models import AuditEvent, Outbox, utcnow
from tests.support import given
from tests.support.given import BOB
from tests.support.operator import Operator


def promise(actor: str = "tell_waiters", *args: int, delay_ms: int = 0) -> Outbox:
    with atomic():
        outbox.add(actor, *args, delay_ms=delay_ms)
    found: Outbox = Outbox.select().order_by(Outbox.created_at.desc()).first()
    return found


def put_off(row: Outbox, attempt: int = 3) -> None:
    """As a job that failed: by its row, and in Redis."""
    Outbox.update(attempt=attempt, due_at=utcnow() + timedelta(minutes=5)).where(
        Outbox.id == row.id
    ).execute()


def ready(valkey: redis.Redis) -> list[str]:
    return [found.decode() for found in valkey.lrange(redis_client.key("bulk"), 0, -1)]


def hidden(bob: Operator, name: str) -> str:
    assert bob.answer is not None
    return re.findall(rf'name="{name}" value="([^"]*)"', bob.answer.text)[0]


def test_what_waits_is_counted_by_what_it_does(bob: Operator):
    late, again = promise(), promise()
    promise(delay_ms=60_000)
    Outbox.update(due_at=utcnow() - timedelta(minutes=3)).where(Outbox.id == late.id).execute()
    put_off(again)

    shown = bob.opens("/ops/jobs").text

    assert "mengabari yang menunggu stok 1 1 sekarang 1 1 terlambat 1 1 dicoba lagi 2 2 nanti" in shown


def test_of_an_actor_each_is_shown_without_what_it_is_called_with(bob: Operator):
    order = given.order()
    promise("expire_order", order.id, delay_ms=60_000)
    promise("send_pm", 7, 8, delay_ms=60_000)

    assert f"pesanan {order.invoice}" in bob.opens("/ops/jobs?actor=expire_order").text
    assert '"text"' not in bob.opens("/ops/jobs?actor=send_pm").answer.text


def test_one_that_waits_runs_at_once_and_that_is_on_record(bob: Operator, valkey: redis.Redis):
    row = promise(delay_ms=600_000)
    bob.opens("/ops/jobs?actor=tell_waiters")
    form = {"actor": "tell_waiters", "seen": hidden(bob, "seen")}
    assert ready(valkey) == []

    bob.posts("/ops/jobs/run", form)

    assert "1 dijalankan sekarang" in bob.text
    assert ready(valkey) == [str(row.id)]
    assert Outbox.get_by_id(row.id).due_at <= utcnow()
    event = AuditEvent.get(AuditEvent.action == "jobs.hastened")
    assert (event.actor, event.entity, event.data) == (str(BOB), "jobs:tell_waiters", {"count": 1})


def test_pressing_twice_runs_it_once(bob: Operator, valkey: redis.Redis):
    promise(delay_ms=600_000)
    bob.opens("/ops/jobs?actor=tell_waiters")
    form = {"actor": "tell_waiters", "seen": hidden(bob, "seen")}

    bob.posts("/ops/jobs/run", form).posts("/ops/jobs/run", form)

    assert "Tidak ada yang dipercepat" in bob.text
    assert len(ready(valkey)) == 1
    assert len(given.audited("jobs.hastened")) == 1


def test_all_that_are_seen_run_at_once(bob: Operator, valkey: redis.Redis):
    for _ in range(3):
        promise(delay_ms=600_000)
    bob.opens("/ops/jobs?actor=tell_waiters")
    seen = re.findall(r'name="seen" value="([^"]*)"', bob.answer.text)[-1]

    bob.posts("/ops/jobs/run", {"actor": "tell_waiters", "seen": seen})

    assert len(ready(valkey)) == 3


def test_one_that_redis_has_lost_is_brought_back(bob: Operator, valkey: redis.Redis):
    row = promise(delay_ms=600_000)
    valkey.flushall()

    bob.posts("/ops/jobs/run", {"actor": "tell_waiters", "seen": f"{row.id}@{row.due_at.isoformat()}"})

    assert ready(valkey) == [str(row.id)]


def test_while_redis_is_away_nothing_is_changed_and_that_is_said(bob: Operator, closed_port: int):
    row = promise(delay_ms=600_000)
    form = {"actor": "tell_waiters", "seen": f"{row.id}@{row.due_at.isoformat()}"}

    with settings.override(redis_url=f"redis://127.0.0.1:{closed_port}/0"):
        bob.posts("/ops/jobs/run", form)

    assert "Redis belum bisa dihubungi" in bob.text
    assert Outbox.get_by_id(row.id).due_at == row.due_at
    assert given.audited("jobs.hastened") == []


@pytest.mark.parametrize(
    "seen", ["", "x", "@", "7@2026-11-26", "00000000-0000-0000-0000-000000000000@kemarin"]
)
def test_what_no_page_of_ours_says_changes_nothing(bob: Operator, seen: str):
    promise(delay_ms=600_000)

    assert bob.posts("/ops/jobs/run", {"actor": "tell_waiters", "seen": seen}).status == 404

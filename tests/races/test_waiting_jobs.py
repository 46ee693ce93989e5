"""An operator has a job run at once while a worker does it, and puts it off again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import redis

from app.backoffice import waiting_jobs
from app.infra import redis_client
from app.infra.queue import outbox, wire
from app.infra.transactions import atomic
from models import Outbox, utcnow
from tests.support import given, racing

ACTOR = "show_closed"


@pytest.fixture
def row(valkey: redis.Redis) -> Outbox:
    """A job that is tried again in ten minutes."""
    with atomic():
        outbox.add(ACTOR, 7, delay_ms=600_000)
    found: Outbox = Outbox.get()
    return found


def presses(row: Outbox) -> int:
    return waiting_jobs.run_now(ACTOR, {row.id: row.due_at})


def runs_and_is_put_off(row: Outbox) -> None:
    """The job has run, and was told to wait for an hour."""
    outbox.postpone(str(row.id), utcnow() + timedelta(hours=1), attempt=1)


def ready(valkey: redis.Redis) -> list[bytes]:
    return valkey.lrange(redis_client.key("money"), 0, -1)


def test_of_many_presses_one_runs_it(row: Outbox, valkey: redis.Redis):
    results = racing.together(*[lambda: presses(row)] * 6)

    assert sorted(results) == [0, 0, 0, 0, 0, 1]
    assert len(ready(valkey)) == 1
    assert len(given.audited("jobs.hastened")) == 1


def test_what_runs_now_is_not_among_the_delayed_any_more(row: Outbox, valkey: redis.Redis):
    with atomic():
        outbox.add(ACTOR, 8, delay_ms=600_000)
    rows = list(Outbox.select())

    assert waiting_jobs.run_now(ACTOR, {each.id: each.due_at for each in rows}) == 2

    assert sorted(ready(valkey)) == sorted(str(each.id).encode() for each in rows)
    assert not valkey.exists(redis_client.key("money.DQ"), redis_client.key("money.DQ.msgs"))


def test_one_that_was_put_off_meanwhile_is_left_alone(row: Outbox, valkey: redis.Redis):
    runs_and_is_put_off(row)

    assert presses(row) == 0
    assert ready(valkey) == []


def test_without_the_lock_one_that_was_just_put_off_runs(row: Outbox, valkey: redis.Redis):
    hastened, _ = racing.overtaken(
        lambda: presses(row), lambda: runs_and_is_put_off(row), racing.lock("outbox")
    )

    assert hastened == 1
    assert len(ready(valkey)) == 1


def test_one_that_is_done_is_not_brought_back(row: Outbox, valkey: redis.Redis):
    outbox.close(str(row.id))

    assert presses(row) == 0


def test_one_that_a_worker_has_in_hand_is_left_to_it(row: Outbox, valkey: redis.Redis):
    """Its row is put off already, and Redis is about to be told so."""
    valkey.flushall()
    job = wire.message(ACTOR, [7], message_id=str(row.id))
    wire.send(redis_client.shared(), [(job, 0)])

    assert presses(row) == 0
    assert len(ready(valkey)) == 1
    assert Outbox.get().due_at == row.due_at


def test_one_that_is_held_by_who_does_it_is_left_alone(valkey: redis.Redis):
    with atomic():
        outbox.add(ACTOR, 7, held=True)

    assert presses(Outbox.get()) == 0
    assert ready(valkey) == []


def test_one_that_was_held_and_released_runs(valkey: redis.Redis):
    with atomic():
        outbox.add(ACTOR, 7, held=True)
    outbox.release(Outbox.get().id, delay_ms=60_000)

    assert presses(Outbox.get()) == 1
    assert len(ready(valkey)) == 1

"""Promises that Redis has lost, and those it only seems to have lost."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import orjson
import peewee
import pytest

import models
import settings
from app.infra import redis_client, transactions
from app.infra.queue import jobs, lanes, outbox
from models import Outbox
from tests.support.racing import together


@pytest.fixture
def promised(broker):
    """A job promised and enqueued; its id."""
    with transactions.atomic():
        outbox.add("note", "promised")
    return str(Outbox.get().id)


def age(by=outbox.GRACE):
    """Make every row due so much earlier, and rested."""
    Outbox.update(due_at=Outbox.due_at - by, swept_at=None).execute()


def ready(valkey):
    return [redis_id.decode() for redis_id in valkey.lrange(redis_client.key("default"), 0, -1)]


def test_what_redis_has_is_not_enqueued_again(promised, valkey):
    age()

    assert outbox.sweep() == 0
    assert ready(valkey) == [promised]


def test_what_redis_lost_is_enqueued_again(promised, valkey):
    valkey.flushall()
    age()

    assert outbox.sweep() == 1
    assert ready(valkey) == [promised]


def test_what_is_for_later_is_enqueued_when_the_goods_have_gone_out(broker, valkey):
    delayed = redis_client.key("default.DQ")
    with outbox.goods_first():
        with transactions.atomic():
            outbox.add("note", "later", delay_ms=60_000)
            outbox.add("note", "now")
        before = (len(ready(valkey)), valkey.zcard(delayed))

    assert (before, valkey.zcard(delayed)) == ((1, 0), 1)


def test_what_whoever_kept_it_does_not_enqueue_is_swept(broker, valkey):
    with outbox.goods_first():
        with transactions.atomic():
            outbox.add("note", "later", delay_ms=1_000)
        age(timedelta(minutes=1))

        assert outbox.sweep() == 1


def test_rows_that_were_swept_make_way_for_the_next(promised):
    age()
    outbox.sweep()

    assert list(outbox._due(models.utcnow(), 10)) == []


def test_what_redis_lost_once_more_is_enqueued_once_more(promised, valkey):
    age()
    outbox.sweep()
    valkey.flushall()
    assert outbox.sweep() == 0

    Outbox.update(swept_at=Outbox.swept_at - outbox.REST).execute()

    assert outbox.sweep() == 1


def test_what_is_held_is_swept_when_nobody_says_what_became_of_it(broker, valkey):
    with transactions.atomic():
        outbox.add("note", "held", held=True)
    age()
    assert (outbox.sweep(), ready(valkey)) == (0, [])

    age(outbox.HELD)

    assert outbox.sweep() == 1


def test_a_promise_has_the_name_and_waits_in_the_queue_that_were_asked_for(broker, valkey):
    name = uuid.uuid4()
    with transactions.atomic():
        outbox.add("note", "x", queue=lanes.BULK, row_id=name)

    assert [(row.id, row.queue) for row in Outbox.select()] == [(name, lanes.BULK)]
    assert valkey.hkeys(redis_client.key("bulk.msgs")) == [str(name).encode()]


def test_what_becomes_of_one_promise_leaves_the_others(broker, valkey):
    with transactions.atomic():
        for text in ("one", "another"):
            outbox.add("note", text)
    one, other = Outbox.select().order_by(Outbox.id)

    outbox.postpone(str(one.id), models.utcnow() + timedelta(hours=1), attempt=1)
    outbox.release(one.id, delay_ms=1_000)
    outbox.close(str(one.id))

    assert [row.__data__ for row in Outbox.select()] == [other.__data__]


def test_a_young_row_is_left_alone(promised, valkey):
    valkey.flushall()

    assert outbox.sweep() == 0


def test_a_job_that_was_being_retried_keeps_its_count(promised, valkey):
    outbox.postpone(promised, models.utcnow(), attempt=3)
    valkey.flushall()
    age()
    outbox.sweep()

    stored = orjson.loads(valkey.hget(redis_client.key("default.msgs"), promised))
    assert stored["options"]["retries"] == 3


def test_a_promise_made_while_redis_is_down_is_kept(database, valkey, broker):
    with settings.override(redis_url="redis://127.0.0.1:9/0"), transactions.atomic():
        outbox.add("note", "kept")
    age()

    assert outbox.sweep() == 1
    assert len(ready(valkey)) == 1


def test_two_sweeps_at_once_share_the_rows(database, valkey, broker):
    with transactions.atomic():
        for number in range(200):
            outbox.add("note", number)
    valkey.flushall()
    age()

    restored = together(*[lambda: outbox.sweep(limit=20)] * 2)

    assert sum(restored) == 200
    assert len(ready(valkey)) == 200


def test_a_job_that_ends_during_a_sweep_is_not_run_again(promised, broker, valkey):
    """The row is locked until Redis has been asked, so it cannot go in between."""
    age()
    with models.db.atomic():
        rows = list(outbox._due(models.utcnow(), 10))
        closing = threading.Thread(target=_close, args=(promised,))
        closing.start()
        assert outbox._restore(rows) == 0
        assert closing.is_alive()
    closing.join(60)

    assert Outbox.select().count() == 0


def test_a_sweep_holds_the_rows_that_it_looks_at(promised, broker):
    age()
    with models.db.atomic():
        held = list(outbox._due(models.utcnow(), 10))
        (closed,) = together(lambda: _close_at_once(promised))

    assert [str(row.id) for row in held] == [promised]
    assert isinstance(closed, peewee.OperationalError)


def test_a_second_sweep_passes_over_the_rows_of_the_first(promised, broker):
    age()
    with models.db.atomic():
        list(outbox._due(models.utcnow(), 10))
        (left,) = together(lambda: list(outbox._due(models.utcnow(), 10)))

    assert left == []


def test_without_the_lock_it_would_be(promised, broker, valkey):
    age()
    rows = list(Outbox.select())
    broker.store.fetch("default", 1)
    outbox.close(promised)
    broker.store.settle("default", promised, jobs.FINISHED)

    assert outbox._restore(rows) == 1


def _close_at_once(row_id):
    with models.db.atomic():
        models.db.execute_sql("SET LOCAL lock_timeout = '200ms'")
        outbox.close(row_id)


def _close(row_id):
    with models.db.connection_context():
        outbox.close(row_id)


@pytest.fixture
def put_off(promised, store):
    """Redis has it for in an hour; its id."""
    ((_, data, _),) = store.fetch("default", 1)
    later = jobs.Outcome(models.utcnow() + timedelta(hours=1))
    store.settle("default", promised, later, jobs.read(data, "default"))
    return promised


def test_what_waits_in_redis_for_its_time_is_not_brought_back(put_off, valkey):
    """Its row may still say that it is due: PostgreSQL was away when the job was postponed."""
    age()

    assert outbox.sweep() == 0
    assert ready(valkey) == []


def test_when_the_clock_of_redis_was_set_back_what_is_long_due_runs(put_off, valkey):
    age(outbox.OVERDUE)

    assert outbox.sweep() == 1
    assert ready(valkey) == [put_off]


def test_what_runs_for_long_is_not_run_a_second_time(promised, broker, valkey):
    broker.store.fetch("default", 1)
    age(outbox.OVERDUE)

    assert outbox.sweep() == 0
    assert ready(valkey) == []

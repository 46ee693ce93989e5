"""A job that one worker holds and another was given: whose word counts, and whose copy stays."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
from freezegun import freeze_time

import models
from app.infra import redis_client
from app.infra.queue import broker as brokers
from app.infra.queue import jobs, lanes, wire
from app.infra.queue.jobs import FINISHED, Outcome
from app.infra.queue.store import End

LATER = Outcome(models.utcnow() + timedelta(hours=1), options={"retries": 7})


@pytest.fixture
def other(store):
    """A second worker on the same queues."""
    return brokers.build(heartbeat_timeout_ms=60_000, timeout_s=1.5).store


@pytest.fixture
def taken_over(store, other, valkey):
    """The id of a job that `store` fetched and, after a long silence, `other` has."""
    fetch(store, valkey)
    dies(store, other, valkey)
    assert ids(other.fetch("default", 1)) == ["a"]
    return "a"


def dies(store, other, valkey):
    """Only `other` has shown for long that it lives."""
    other.fetch("bulk", 0)
    valkey.zadd(redis_client.key("__heartbeats__"), {store.worker_id: 1})


def fetch(worker, valkey):
    wire.send(valkey, [(wire.message("note", ["first"], message_id="a"), 0)])
    assert ids(worker.fetch("default", 1)) == ["a"]


def ids(fetched):
    return [redis_id for redis_id, *_ in fetched]


def message():
    return jobs.read(wire.encode(wire.message("note", ["first"], message_id="a")), "default")


def kept(valkey, where="default.msgs"):
    stored = valkey.hget(redis_client.key(where), "a")
    return orjson.loads(stored) if stored else None


def ready(valkey):
    return [redis_id.decode() for redis_id in valkey.lrange(redis_client.key("default"), 0, -1)]


def test_who_lost_a_job_does_not_end_it(taken_over, store, valkey):
    store.settle("default", taken_over, FINISHED)

    assert kept(valkey)


def test_who_lost_a_job_does_not_delay_it(taken_over, store, valkey):
    store.settle("default", taken_over, LATER, message())

    assert kept(valkey)
    assert kept(valkey, "default.DQ.msgs") is None


def test_who_has_it_now_ends_it(taken_over, store, other, valkey):
    store.settle("default", taken_over, FINISHED)

    other.settle("default", taken_over, FINISHED)

    assert kept(valkey) is None


def test_who_lost_a_job_gives_back_nothing(taken_over, store, valkey):
    store.release("default")

    assert ready(valkey) == []


def test_a_job_that_both_settle_comes_back_once(taken_over, store, other, valkey):
    other.settle("default", taken_over, LATER, message())
    store.settle("default", taken_over, LATER, message())

    assert valkey.zcard(redis_client.key("default.DQ")) == 1
    assert kept(valkey) is None


def test_what_is_due_does_not_replace_a_job_that_runs(store, valkey):
    """Both exist when a settling was repeated after the sweep had brought the job back."""
    fetch(store, valkey)
    running = kept(valkey)
    valkey.zadd(redis_client.key("default.DQ"), {"a": 1})
    valkey.hset(redis_client.key("default.DQ.msgs"), "a", wire.encode(wire.message("note", ["due"])))

    store.promote("default")

    assert kept(valkey) == running
    assert ready(valkey) == []
    assert kept(valkey, "default.DQ.msgs") is None


def test_what_is_due_becomes_ready_with_what_it_was_delayed_with(store, valkey):
    fetch(store, valkey)
    store.settle("default", "a", LATER, message())

    with freeze_time(LATER.due_at + timedelta(seconds=1)):
        store.promote("default")

    assert kept(valkey)["options"]["retries"] == 7
    assert ready(valkey) == ["a"]
    assert store.promote("default") == math.inf  # nothing is delayed any more
    assert kept(valkey)["message_timestamp"] == pytest.approx(LATER.due_at.timestamp() * 1000, abs=60_000)


def test_a_dead_workers_jobs_are_given_to_the_next_who_asks(store, other, valkey):
    fetch(store, valkey)
    dies(store, other, valkey)

    other.fetch("bulk", 0)

    assert ready(valkey) == ["a"]
    assert not valkey.zscore(redis_client.key("__heartbeats__"), store.worker_id)


def test_after_a_silence_of_all_nobody_is_dead_at_once(store, other, valkey):
    fetch(store, valkey)
    valkey.zadd(redis_client.key("__heartbeats__"), {store.worker_id: 1})

    assert other.fetch("default", 1) == []


def test_after_a_silence_of_all_that_was_hardly_too_long_nobody_is_dead_either(store, other, valkey):
    fetch(store, valkey)
    since_ms = valkey.time()[0] * 1000 - int(1.3 * other._heartbeat_timeout_ms)
    valkey.zadd(redis_client.key("__heartbeats__"), {store.worker_id: since_ms, other.worker_id: since_ms})

    other.fetch("bulk", 0)

    assert ready(valkey) == []


def test_what_is_in_hand_is_not_given_back(store, valkey):
    fetch(store, valkey)
    store.hands["default"].held.add("a")

    store.release("default")

    assert ready(valkey) == []


def starts(fetched):
    return [starts for *_, starts in fetched]


def test_starts_are_counted_until_the_job_ends(taken_over, other, valkey):
    dies(other, store := brokers.build(heartbeat_timeout_ms=60_000).store, valkey)
    assert starts(store.fetch("default", 1)) == [3]

    store.settle("default", taken_over, FINISHED)
    fetch(store, valkey)

    assert valkey.get(redis_client.key("starts", "a")) == b"1"


def test_the_count_of_starts_does_not_stay_for_ever(store, valkey):
    fetch(store, valkey)

    assert valkey.ttl(redis_client.key("starts", "a")) > 0


def test_a_dead_worker_gives_back_only_what_was_not_finished(store, other, valkey):
    fetch(store, valkey)
    valkey.hdel(redis_client.key("default.msgs"), "a")
    dies(store, other, valkey)

    other.fetch("bulk", 0)

    assert ready(valkey) == []


def test_a_start_that_was_refused_stays_counted(store, valkey):
    fetch(store, valkey)

    store.settle("default", "a", replace(LATER, keep_starts=True), message())

    with freeze_time(LATER.due_at + timedelta(seconds=1)):
        store.promote("default")
    assert starts(store.fetch("default", 1)) == [2]


def test_a_process_that_ends_gives_back_what_runs_and_takes_nothing(store, valkey):
    fetch(store, valkey)
    store.hands["default"].held.add("a")

    store.stopping.set()
    store.release_all()

    assert (store.fetch("default", 1), ready(valkey)) == ([], ["a"])


def test_what_is_given_back_is_served_first(store, valkey):
    fetch(store, valkey)
    wire.send(valkey, [(wire.message("note", ["second"], message_id="b"), 0)])

    store.release("default")

    assert ready(valkey) == ["a", "b"]


def test_what_it_was_given_and_knows_nothing_of_is_fetched_again(store, valkey):
    fetch(store, valkey)  # an answer that never arrived, or an end that Redis forgot when it failed over

    assert ids(store.fetch("default", 1)) == ["a"]


def test_what_is_in_hand_is_not_fetched_again(store, valkey):
    fetch(store, valkey)
    store.hands["default"].held.add("a")

    assert store.fetch("default", 1) == []


@pytest.mark.parametrize("queue", lanes.QUEUES)
def test_a_dead_worker_gives_back_jobs_of_every_queue(queue, store, other, valkey):
    wire.send(valkey, [(wire.message("note", [], message_id="a", queue=queue), 0)])
    store.fetch(queue, 1)
    dies(store, other, valkey)

    assert ids(other.fetch(queue, 1)) == ["a"]


def test_what_a_worker_died_of_stays_counted(store, other, valkey):
    fetch(store, valkey)
    dies(store, other, valkey)

    assert starts(other.fetch("default", 1)) == [2]


def test_what_is_given_back_in_peace_does_not(store, valkey):
    fetch(store, valkey)

    store.release("default")

    assert starts(store.fetch("default", 1)) == [1]


def test_an_id_that_is_listed_twice_is_fetched_once(store, valkey):
    wire.send(valkey, [(wire.message("note", [], message_id="a"), 0)])
    valkey.rpush(redis_client.key("default"), "a")

    assert ids(store.fetch("default", 5)) == ["a"]


def test_an_id_without_a_job_is_passed_over(store, valkey):
    valkey.rpush(redis_client.key("default"), "gone")
    wire.send(valkey, [(wire.message("note", [], message_id="a"), 0)])

    assert ids(store.fetch("default", 5)) == ["a"]


def test_a_job_of_an_emptied_redis_is_delayed_by_who_ran_it(store, valkey):
    fetch(store, valkey)
    valkey.flushall()

    store.settle("default", "a", LATER, message())

    assert kept(valkey, "default.DQ.msgs")["options"]["retries"] == 7


def test_what_ended_is_told_with_the_next_fetch(store, valkey):
    fetch(store, valkey)
    wire.send(valkey, [(wire.message("note", [], message_id="b"), 0)])
    store.hands["default"].ended.append(End("a", FINISHED))

    assert ids(store.fetch("default", 1)) == ["b"]

    assert kept(valkey) is None
    assert store.hands["default"].ended == []


def test_all_that_ended_is_told_at_once(store, valkey):
    wire.send(valkey, [(wire.message("note", [name], message_id=name), 0) for name in "ab"])
    assert ids(store.fetch("default", 2)) == ["a", "b"]
    store.hands["default"].held.update("ab")
    store.hands["default"].ended += [End("a", FINISHED), End("b", FINISHED)]

    store.fetch("default", 0)

    assert not valkey.exists(redis_client.key("default.msgs"), redis_client.key("default"))


def test_an_end_that_is_told_twice_ends_nothing_else(store, other, valkey):
    """The answer was lost, and meanwhile another has the job that was delayed."""
    fetch(store, valkey)
    store.settle("default", "a", LATER, message())
    with freeze_time(LATER.due_at + timedelta(seconds=1)):
        store.promote("default")
    assert ids(other.fetch("default", 1)) == ["a"]

    store.settle("default", "a", LATER, message())

    assert kept(valkey)
    assert kept(valkey, "default.DQ.msgs") is None
